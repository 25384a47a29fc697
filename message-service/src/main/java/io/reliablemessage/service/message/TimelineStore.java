package io.reliablemessage.service.message;

import io.reliablemessage.api.TimelineView;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells what became of a message: the ordinary by its rows' own times, the exceptional by what was written down. */
@Component
public class TimelineStore {

    private static final String TIMELINE = """
            WITH told AS MATERIALIZED (
                SELECT * FROM message WHERE id = :id
            ), own AS MATERIALIZED (
                SELECT d.*, s.application, m.decided_at
                  FROM told m
                  JOIN delivery d ON d.message_id = :id
                  JOIN subscription s ON s.name = d.subscription
                 WHERE :application::text IS NULL OR :application IN (m.producer, s.application)
            ), entry (at, kind, subscription, actor, detail) AS (
                SELECT created_at, 'PREPARED', NULL, producer, NULL FROM told
                 UNION ALL
                SELECT decided_at, state, NULL, decided_by, NULL FROM told WHERE decided_at IS NOT NULL
                 UNION ALL
                SELECT deliverable_at, 'DELIVERABLE', subscription, 'service', 'its time has come' FROM own
                 WHERE deliverable_at > decided_at AND deliverable_at <= now()
                 UNION ALL
                SELECT sent_at, 'SENT', subscription, 'service', 'attempt 1' FROM own
                 WHERE attempts = 1 AND sent_at IS NOT NULL               -- later ones are written down
                 UNION ALL
                SELECT finished_at, state, subscription, application, NULL FROM own WHERE state = 'CONSUMED'
                 UNION ALL
                SELECT at, kind, subscription, actor, detail FROM event
                 WHERE message_id = :id
                   AND (subscription IS NULL OR subscription IN (SELECT subscription FROM own))
            )
            SELECT * FROM entry
             WHERE :application::text IS NULL OR :application = (SELECT producer FROM told) OR EXISTS (SELECT FROM own)
             ORDER BY at,                                                  -- what has one time, cause before effect
                      array_position(ARRAY['PREPARED', 'CHECKED_BACK', 'CONFIRMED', 'CANCELLED', 'DELIVERABLE', 'SENT'], kind),
                      kind = 'CONSUMED', subscription
            """;

    private final JdbcClient jdbc;

    TimelineStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns nothing when there is no such message of that application's.
     *
     * @param application who looks; null: somebody who may see everything
     */
    public List<TimelineView.Entry> find(MessageId id, @Nullable String application) {
        return jdbc.sql(TIMELINE)
                .param("id", id.value())
                .param("application", application)
                .query((row, number) -> new TimelineView.Entry(
                        Columns.requiredInstant(row, "at"),
                        row.getString("kind"),
                        row.getString("subscription"),
                        row.getString("actor"),
                        row.getString("detail")))
                .list();
    }
}
