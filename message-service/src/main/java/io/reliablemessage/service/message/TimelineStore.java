package io.reliablemessage.service.message;

import io.reliablemessage.api.TimelineView;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Builds a message's timeline: ordinary steps from its rows' times, exceptional ones from recorded events. */
@Component
public class TimelineStore {

    private static final String TIMELINE = """
            -- 1. the message, and the deliveries that the caller may see
            WITH found AS MATERIALIZED (
                SELECT * FROM message WHERE id = :id
            ), visible AS MATERIALIZED (
                SELECT d.*, s.application, m.decided_at
                  FROM found m
                  JOIN delivery d ON d.message_id = :id
                  JOIN subscription s ON s.name = d.subscription
                 WHERE :application::text IS NULL OR :application IN (m.producer, s.application)
            ),
            -- 2. the ordinary from the rows' own times, the exceptional from the events
            entry (at, kind, subscription, actor, detail) AS (
                SELECT created_at, 'PREPARED', NULL, producer, NULL FROM found
                 UNION ALL
                SELECT decided_at, state, NULL, decided_by, NULL FROM found WHERE decided_at IS NOT NULL
                 UNION ALL
                SELECT deliverable_at, 'DELIVERABLE', subscription, 'service', 'its time has come' FROM visible
                 WHERE deliverable_at > decided_at AND deliverable_at <= now()
                 UNION ALL
                SELECT sent_at, 'SENT', subscription, 'service', 'attempt 1' FROM visible
                 WHERE attempts = 1 AND sent_at IS NOT NULL               -- later ones are written down
                 UNION ALL
                SELECT finished_at, state, subscription, application, NULL FROM visible WHERE state = 'CONSUMED'
                 UNION ALL
                SELECT at, kind, subscription, actor, detail FROM event
                 WHERE message_id = :id
                   AND (subscription IS NULL OR subscription IN (SELECT subscription FROM visible))
            )
            -- 3. answer
            SELECT * FROM entry
             WHERE :application::text IS NULL OR :application = (SELECT producer FROM found) OR EXISTS (SELECT FROM visible)
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
     * @param application the caller; null: one who may see everything
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
