package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.IdRange;
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
            -- 1. lock the deliveries that wait for this very attempt
            WITH locked AS MATERIALIZED (
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
            ),
            -- 2. forget the event of the first send: it is the last one again, and stands in the delivery's own time
            forgotten AS (
                DELETE FROM event e
                 USING locked l
                 WHERE l.attempt = 2
                   AND e.message_id = ANY (:ids)
                   AND e.message_id BETWEEN :first AND :last
                   AND e.message_id = l.message_id AND e.subscription = l.subscription AND e.kind = 'SENT'
                   AND e.at = (SELECT max(sent.at) FROM event sent
                                WHERE sent.message_id = l.message_id AND sent.subscription = l.subscription
                                  AND sent.kind = 'SENT')
                   AND NOT (l.refusal = 'BROKER_REFUSED' AND l.refusals >= :mostRefusals)
                RETURNING e.message_id, e.subscription, e.at
            ),
            -- 3. change: due again, or dead after too many refusals
            due_again AS (
                UPDATE delivery d
                   SET attempts = d.attempts - 1,
                       refusals = l.refusals,
                       cause = COALESCE(l.refusal, d.cause),
                       last_error = COALESCE(l.error, d.last_error),
                       sent_at = CASE WHEN d.attempts > 1 THEN
                           COALESCE((SELECT f.at FROM forgotten f
                                      WHERE f.message_id = d.message_id AND f.subscription = d.subscription), d.sent_at)
                           END,
                       due_at = now() + CASE WHEN l.refusal IS NULL THEN l.wait * interval '1 ms'
                                             ELSE LEAST(interval '1 min', interval '1 s' * 2 ^ LEAST(l.refusals - 1, 6))
                                             END
                  FROM locked l
                 WHERE d.message_id = l.message_id AND d.subscription = l.subscription
                   AND NOT (l.refusal = 'BROKER_REFUSED' AND l.refusals >= :mostRefusals)
                RETURNING 1
            ), buried AS (
                UPDATE delivery d
                   SET state = 'DEAD', due_at = NULL, finished_at = now(), refusals = l.refusals, cause = l.refusal,
                       last_error = l.error
                  FROM locked l
                 WHERE d.message_id = l.message_id AND d.subscription = l.subscription
                   AND l.refusal = 'BROKER_REFUSED' AND l.refusals >= :mostRefusals
                RETURNING d.message_id, d.subscription, d.last_error
            ),
            -- 4. history
            history AS (
                INSERT INTO event (message_id, subscription, kind, actor, detail)
                SELECT message_id, subscription, 'REFUSED', 'broker', error FROM locked WHERE refusal IS NOT NULL
                UNION ALL
                SELECT message_id, subscription, 'BURIED', 'service', last_error FROM buried
            )
            -- 5. answer
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
    int giveBack(List<FailedSend> sends) {
        var sorted = sends.stream()
                .sorted(Comparator.comparing(send -> send.dispatch().id()))
                .toList();
        var ids = sorted.stream().map(send -> send.dispatch().id()).toList();
        return IdRange.bind(jdbc.sql(GIVE_BACK), ids)
                .param(
                        "subscriptions",
                        SqlArrays.of("text", sorted, send -> send.dispatch().subscription()))
                .param(
                        "attempts",
                        SqlArrays.of("int4", sorted, send -> send.dispatch().attempt()))
                .param(
                        "refusals",
                        SqlArrays.of(
                                "text",
                                sorted,
                                send -> send.refusal() == null
                                        ? null
                                        : send.refusal().name()))
                .param("errors", SqlArrays.of("text", sorted, FailedSend::error))
                .param(
                        "waits",
                        SqlArrays.of("bigint", sorted, send -> send.pause().toMillis()))
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

        static FailedSend brokerRefused(Dispatch dispatch, String error) {
            return new FailedSend(dispatch, Refusal.BROKER_REFUSED, error, Duration.ZERO);
        }
    }
}
