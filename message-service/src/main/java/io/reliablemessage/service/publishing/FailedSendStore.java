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
            -- 1. change the deliveries that wait for this very attempt: as they were before, or dead after too many refusals
            WITH given_back AS (
                UPDATE delivery d
                   SET (state, attempts, sent_at, refusals, due_at, finished_at) = (
                           SELECT CASE WHEN n.dies THEN 'DEAD' ELSE d.state END,
                                  CASE WHEN n.dies THEN d.attempts ELSE r.attempts_before END,
                                  CASE WHEN n.dies THEN d.sent_at ELSE r.sent_before END,
                                  n.refusals,
                                  CASE WHEN n.dies THEN NULL
                                       WHEN r.refusal IS NULL THEN now() + r.wait * interval '1 ms'
                                       ELSE now() + LEAST(interval '1 min', interval '1 s' * 2 ^ LEAST(n.refusals - 1, 6))
                                       END,
                                  CASE WHEN n.dies THEN now() END
                             FROM (SELECT c.refusals,
                                          COALESCE(r.refusal = 'BROKER_REFUSED' AND c.refusals >= :mostRefusals, false) AS dies
                                     FROM (SELECT CASE WHEN r.refusal IS NULL THEN d.refusals
                                                       WHEN d.cause = r.refusal THEN d.refusals + 1
                                                       ELSE 1 END AS refusals) c) n),
                       cause = COALESCE(r.refusal, d.cause),
                       last_error = COALESCE(r.error, d.last_error)
                  FROM unnest(:ids::uuid[], :subscriptions::text[], :attempts::int[], :attemptsBefore::int[],
                              :sentBefore::timestamptz[], :refusals::text[], :errors::text[], :waits::bigint[])
                       AS r (id, subscription, attempt, attempts_before, sent_before, refusal, error, wait)
                 WHERE d.message_id = ANY (:ids)
                   AND d.message_id BETWEEN :first AND :last               -- prunes the days
                   AND d.message_id = r.id AND d.subscription = r.subscription
                   AND d.state = 'SENDING'
                   AND d.attempts = r.attempt
                RETURNING d.message_id, d.subscription, d.state, d.attempts, d.refusals, d.last_error, r.refusal, r.error
            ),
            -- 2. forget the event of the first send: it is the last one again, and stands in the delivery's own time
            forgotten AS (
                DELETE FROM event e
                 USING given_back g
                 WHERE g.attempts = 1 AND g.state = 'SENDING'
                   AND e.message_id = ANY (:ids)
                   AND e.message_id BETWEEN :first AND :last
                   AND e.message_id = g.message_id AND e.subscription = g.subscription AND e.kind = 'SENT'
                   AND e.at = (SELECT max(sent.at) FROM event sent
                                WHERE sent.message_id = g.message_id AND sent.subscription = g.subscription
                                  AND sent.kind = 'SENT')
            ),
            -- 3. history: a refusal is told when it begins, and again at 10, 100 and 1,000
            history AS (
                INSERT INTO event (message_id, subscription, kind, actor, detail)
                SELECT message_id, subscription, 'REFUSED', 'broker',
                       error || CASE WHEN refusals > 1 AND state = 'SENDING' THEN format(' (%s times)', refusals) ELSE '' END
                  FROM given_back
                 WHERE refusal IS NOT NULL AND (refusals IN (1, 10, 100, 1000) OR state = 'DEAD')
                UNION ALL
                SELECT message_id, subscription, 'BURIED', 'service', last_error FROM given_back WHERE state = 'DEAD'
            )
            -- 4. answer
            SELECT count(*) FROM given_back WHERE state = 'DEAD'
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
                        "attemptsBefore",
                        SqlArrays.of(
                                "int4",
                                sorted,
                                send -> send.dispatch().claimed().attemptsBefore()))
                .param(
                        "sentBefore",
                        SqlArrays.of(
                                "timestamptz",
                                sorted,
                                send -> send.dispatch().claimed().sentBefore()))
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
