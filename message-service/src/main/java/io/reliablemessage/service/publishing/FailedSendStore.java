package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes deliveries due again whose send did not happen. */
@Component
class FailedSendStore {

    // The claimed attempt guards the update: an ack or a later claim has precedence. Consecutive refusals of the same
    // kind are counted; only a message that closes channels dies of them.
    private static final String GIVE_BACK = """
            WITH unsent AS MATERIALIZED (
                SELECT d.message_id, d.subscription, r.attempt, r.refusal, r.error, r.wait,
                       CASE WHEN r.refusal IS NULL THEN d.refusals
                            WHEN d.cause = r.refusal THEN d.refusals + 1
                            ELSE 1 END AS refusals
                  FROM unnest(:ids::uuid[], :subscriptions::text[], :attempts::int[], :refusals::text[], :errors::text[],
                              :waits::bigint[])
                       AS r (id, subscription, attempt, refusal, error, wait)
                  JOIN delivery d ON d.message_id = r.id AND d.subscription = r.subscription
                 WHERE d.message_id = ANY (:ids)
                   AND d.message_id BETWEEN :first AND :last               -- prunes the days
                   AND d.state = 'SENDING'
                   AND d.attempts = r.attempt
                 ORDER BY d.message_id, d.subscription
                   FOR UPDATE OF d
            ), untold AS (
                -- the first send is the last one again, and stands in the delivery's own time
                DELETE FROM event e
                 USING unsent u
                 WHERE u.attempt = 2
                   AND e.message_id = ANY (:ids)
                   AND e.message_id BETWEEN :first AND :last
                   AND e.message_id = u.message_id AND e.subscription = u.subscription AND e.kind = 'SENT'
                   AND e.at = (SELECT max(l.at) FROM event l
                                WHERE l.message_id = u.message_id AND l.subscription = u.subscription AND l.kind = 'SENT')
                   AND NOT (u.refusal = 'BROKER_REFUSED' AND u.refusals >= :mostRefusals)
                RETURNING e.message_id, e.subscription, e.at
            ), given_back AS (
                UPDATE delivery d
                   SET attempts = d.attempts - 1,
                       refusals = u.refusals,
                       cause = COALESCE(u.refusal, d.cause),
                       last_error = COALESCE(u.error, d.last_error),
                       sent_at = CASE WHEN d.attempts > 1 THEN
                           COALESCE((SELECT t.at FROM untold t
                                      WHERE t.message_id = d.message_id AND t.subscription = d.subscription), d.sent_at)
                           END,
                       due_at = now() + CASE WHEN u.refusal IS NULL THEN u.wait * interval '1 ms'
                                             ELSE LEAST(interval '1 min', interval '1 s' * 2 ^ LEAST(u.refusals - 1, 6))
                                             END
                  FROM unsent u
                 WHERE d.message_id = u.message_id AND d.subscription = u.subscription
                   AND NOT (u.refusal = 'BROKER_REFUSED' AND u.refusals >= :mostRefusals)
                RETURNING 1
            ), buried AS (
                UPDATE delivery d
                   SET state = 'DEAD', due_at = NULL, finished_at = now(), refusals = u.refusals, cause = u.refusal,
                       last_error = u.error
                  FROM unsent u
                 WHERE d.message_id = u.message_id AND d.subscription = u.subscription
                   AND u.refusal = 'BROKER_REFUSED' AND u.refusals >= :mostRefusals
                RETURNING d.message_id, d.subscription, d.last_error
            ), told AS (
                INSERT INTO event (message_id, subscription, kind, actor, detail)
                SELECT message_id, subscription, 'REFUSED', 'broker', error FROM unsent WHERE refusal IS NOT NULL
                UNION ALL
                SELECT message_id, subscription, 'BURIED', 'service', last_error FROM buried
            )
            SELECT count(*) FROM buried
            """;

    private static final int MAX_REFUSALS = 5;

    private final JdbcClient jdbc;

    FailedSendStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes sends back that are known not to have happened: they are due again, and the attempt is not counted.
     *
     * @return how many were buried, because the broker closes its channel on them every time
     */
    int giveBack(List<FailedSend> unsent) {
        var sorted = unsent.stream()
                .sorted(Comparator.comparing(u -> u.dispatch().id()))
                .toList();
        return jdbc.sql(GIVE_BACK)
                .param(
                        "ids",
                        SqlArrays.of("uuid", sorted, u -> u.dispatch().id().value()))
                .param("first", sorted.getFirst().dispatch().id().value())
                .param("last", sorted.getLast().dispatch().id().value())
                .param(
                        "subscriptions",
                        SqlArrays.of("text", sorted, u -> u.dispatch().subscription()))
                .param(
                        "attempts",
                        SqlArrays.of("int4", sorted, u -> u.dispatch().attempt()))
                .param(
                        "refusals",
                        SqlArrays.of(
                                "text",
                                sorted,
                                u -> u.refusal() == null ? null : u.refusal().name()))
                .param("errors", SqlArrays.of("text", sorted, FailedSend::error))
                .param("waits", SqlArrays.of("bigint", sorted, u -> u.pause().toMillis()))
                .param("mostRefusals", MAX_REFUSALS)
                .query(Integer.class)
                .single();
    }

    /**
     * A send that did not happen.
     *
     * @param refusal what the broker has against it; null: the broker was only out of reach
     * @param error in the broker's words
     * @param pause how long to leave it alone; a refusal brings its own
     */
    record FailedSend(
            Dispatch dispatch,
            @Nullable Refusal refusal,
            @Nullable String error,
            Duration pause) {

        /** How a broker says no. */
        enum Refusal {
            /** It has no place for it: wrong topology, full queue. */
            NOT_TAKEN,
            /** It closed the channel on this very message. */
            BROKER_REFUSED
        }

        static FailedSend outOfReach(Dispatch dispatch) {
            return notBefore(Duration.ZERO, dispatch);
        }

        static FailedSend notBefore(Duration pause, Dispatch dispatch) {
            return new FailedSend(dispatch, null, null, pause);
        }

        static FailedSend refused(Dispatch dispatch, String error) {
            return new FailedSend(dispatch, Refusal.NOT_TAKEN, error, Duration.ZERO);
        }

        static FailedSend closedChannel(Dispatch dispatch, String error) {
            return new FailedSend(dispatch, Refusal.BROKER_REFUSED, error, Duration.ZERO);
        }
    }
}
