package io.reliablemessage.service.publishing.claim;

import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives back what a transaction claimed whose answer was lost. */
@Component
class UnresolvedClaimStore {

    // What others have claimed since then has a later time.
    private static final String GIVE_BACK = """
            UPDATE delivery d
               SET attempts = r.attempts_before, sent_at = r.sent_before, due_at = now()
              FROM unnest(:ids::uuid[], :subscriptions::text[], :attempts::int[], :attemptsBefore::int[],
                          :sentBefore::timestamptz[])
                   AS r (id, subscription, attempt, attempts_before, sent_before)
             WHERE d.message_id = ANY (:ids)
               AND d.message_id BETWEEN :first AND :last                   -- prunes the days
               AND d.message_id = r.id
               AND (r.subscription IS NULL OR d.subscription = r.subscription)
               AND d.state = 'SENDING'
               AND d.attempts = r.attempt
               AND d.sent_at <= now() - :micros * interval '1 us'
            """;

    private final JdbcClient jdbc;

    UnresolvedClaimStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Gives back what was claimed before the answer was missed.
     *
     * @param since how long ago that was
     * @return how many deliveries
     */
    int giveBack(List<Doubtful> doubtful, Duration since) {
        var sorted =
                doubtful.stream().sorted(Comparator.comparing(Doubtful::id)).toList();
        return IdRange.bind(
                        jdbc.sql(GIVE_BACK), sorted.stream().map(Doubtful::id).toList())
                .param("subscriptions", SqlArrays.of("text", sorted, Doubtful::subscription))
                .param("attempts", SqlArrays.of("int4", sorted, Doubtful::attempt))
                .param("attemptsBefore", SqlArrays.of("int4", sorted, Doubtful::attemptsBefore))
                .param("sentBefore", SqlArrays.of("timestamptz", sorted, Doubtful::sentBefore))
                .param("micros", since.toNanos() / 1_000)
                .update();
    }
}
