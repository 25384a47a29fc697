package io.reliablemessage.service.admin.registry;

import io.reliablemessage.service.admin.cause.CauseCounts;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.platform.database.ForEffect;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the backlogs of subscriptions and producers, up to a bound each. */
@Component
class BacklogStore {

    private static final int MAX_COUNTED = 10_000;

    // This leaves the planner only the indexes of the backlog, whatever its statistics of a new day.
    private static final String BY_INDEX = """
            SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
                   set_config('enable_sort', 'off', true), set_config('jit', 'off', true),
                   set_config('max_parallel_workers_per_gather', '0', true)
            """;

    private static final String OF_SUBSCRIPTIONS = """
            SELECT s.name,
                   (SELECT count(*)
                      FROM (SELECT FROM delivery d
                             WHERE d.subscription = s.name AND d.due_at IS NOT NULL
                             LIMIT 10001) sending) AS sending,
                   (SELECT COALESCE(sum(c.standing), 0) FROM cause c
                     WHERE c.subscription = s.name AND c.kind <> 'REJECTED') AS dead,
                   (SELECT COALESCE(sum(c.standing), 0) FROM cause c
                     WHERE c.subscription = s.name AND c.kind = 'REJECTED') AS rejected
              FROM unnest(:names::text[]) AS s (name)
            """;

    private static final String OF_PRODUCERS = """
            SELECT p.name,
                   (SELECT count(*)
                      FROM (SELECT FROM message m
                             WHERE m.producer = p.name AND m.check_due_at IS NOT NULL
                             LIMIT 10001) undecided) AS undecided,
                   (SELECT count(*) FILTER (
                               WHERE is_suspect(check_attempts, decision_due_at, :suspectAfterChecks, :suspectAfter))
                      FROM (SELECT m.check_attempts, m.decision_due_at
                              FROM message m
                             WHERE m.producer = p.name AND m.check_due_at IS NOT NULL
                             ORDER BY m.check_due_at
                             LIMIT 2000) first) AS suspects
              FROM unnest(:names::text[]) AS p (name)
            """;

    private final JdbcClient jdbc;
    private final LedgerTransactions ledger;
    private final CauseCounts causes;
    private final LedgerProperties properties;

    BacklogStore(JdbcClient jdbc, LedgerTransactions ledger, CauseCounts causes, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.causes = causes;
        this.properties = properties;
    }

    /**
     * A subscription's deliveries in progress, dead and rejected.
     *
     * @param sending up to 10,000
     * @param isCapped there may be more
     */
    record OfSubscription(int sending, boolean isCapped, int dead, int rejected) {}

    /**
     * A producer's undecided messages.
     *
     * @param undecided up to 10,000
     * @param isCapped there may be more
     * @param suspects among the 2,000 that are due first
     */
    record OfProducer(int undecided, boolean isCapped, int suspects) {}

    Map<String, OfSubscription> ofSubscriptions(Collection<String> names) {
        causes.fold();
        return ledger.commit(() -> {
            ForEffect.run(jdbc.sql(BY_INDEX));
            var counts = new HashMap<String, OfSubscription>();
            jdbc.sql(OF_SUBSCRIPTIONS)
                    .param("names", SqlArrays.of("text", names, name -> name))
                    .query(row -> {
                        var sending = row.getInt("sending");
                        counts.put(
                                row.getString("name"),
                                new OfSubscription(
                                        Math.min(MAX_COUNTED, sending),
                                        sending > MAX_COUNTED,
                                        row.getInt("dead"),
                                        row.getInt("rejected")));
                    });
            return counts;
        });
    }

    Map<String, OfProducer> ofProducers(Collection<String> names) {
        return ledger.commit(() -> {
            ForEffect.run(jdbc.sql(BY_INDEX));
            var counts = new HashMap<String, OfProducer>();
            jdbc.sql(OF_PRODUCERS)
                    .param("names", SqlArrays.of("text", names, name -> name))
                    .param("suspectAfterChecks", properties.suspectAfterChecks())
                    .param("suspectAfter", properties.suspectAfter().toMillis())
                    .query(row -> {
                        var undecided = row.getInt("undecided");
                        counts.put(
                                row.getString("name"),
                                new OfProducer(
                                        Math.min(MAX_COUNTED, undecided),
                                        undecided > MAX_COUNTED,
                                        row.getInt("suspects")));
                    });
            return counts;
        });
    }
}
