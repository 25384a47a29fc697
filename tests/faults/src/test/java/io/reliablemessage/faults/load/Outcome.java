package io.reliablemessage.faults.load;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.faults.Everything;
import io.reliablemessage.faults.LedgerView;
import io.reliablemessage.faults.process.OwnDatabase;
import io.reliablemessage.faults.process.Servers.Owner;
import io.reliablemessage.faults.shop.Shop;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares the three databases: the consumer has applied exactly what the shop has committed. */
public final class Outcome {

    private static final String CONFIRMED_BY_CHECK_BACK = "CONFIRMED by check-back";
    private static final String CANCELLED_BY_CHECK_BACK = "CANCELLED by check-back";

    private final Everything everything;
    private final JdbcClient shop;
    private final JdbcClient points;
    private final LedgerView ledger;

    public Outcome(Everything everything) {
        this.everything = everything;
        this.shop = OwnDatabase.view(everything.databaseOf(Owner.PRODUCER));
        this.points = OwnDatabase.view(everything.databaseOf(Owner.CONSUMER));
        this.ledger = new LedgerView(everything.databaseOf(Owner.SERVICE));
    }

    /** Prints the progress of the run. */
    public void report(String step) {
        System.out.printf(
                "%s: %,d orders committed, %,d effects, %,d on their way or undecided%n",
                step, count(shop, "placed_order"), count(points, "effect"), ledger.open());
    }

    public void addsUp(int kills) {
        var states = ledger.states();
        var orders = messagesOf(shop, "placed_order");
        var effects = messagesOf(points, "effect");
        var decisions = ledger.decisions();
        var deliveries = ledger.deliveriesByAttempts();
        System.out.printf("%,10d kills%n", kills);
        System.out.printf("%,10d orders committed%n", orders.size());
        System.out.printf("%,10d effects%n", effects.size());
        ledger.messagesByState().forEach((state, count) -> System.out.printf("%,10d messages %s%n", count, state));
        decisions.forEach((decision, count) -> System.out.printf("%,10d of them %s%n", count, decision));
        deliveries.forEach((sends, count) -> System.out.printf("%,10d deliveries sent %d times%n", count, sends));

        var committed = new HashSet<>(orders);
        assertThat(surprises())
                .as("answers that contradict the producer's own story")
                .isEmpty();
        assertThat(inState(states, "CONSUMED")).as("messages consumed").isEqualTo(committed);
        assertThat(new HashSet<>(states.values())).isSubsetOf("CONSUMED", "CANCELLED");
        assertThat(effects).hasSameSizeAs(committed);
        assertThat(new HashSet<>(effects)).as("messages with an effect").isEqualTo(committed);
        assertThat(deliveries.values().stream().mapToInt(count -> count).sum())
                .as("deliveries, all of them of committed orders")
                .isEqualTo(committed.size());
        // Else the run has shown nothing.
        assertThat(decisions).containsKeys(CONFIRMED_BY_CHECK_BACK, CANCELLED_BY_CHECK_BACK);
        assertThat(deliveries).as("sent again").containsKey(2);
    }

    private List<String> surprises() {
        return everything.producer().log().stream()
                .filter(line -> line.startsWith(Shop.SURPRISE))
                .toList();
    }

    private static Set<String> inState(Map<String, String> states, String state) {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().equals(state))
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private static long count(JdbcClient jdbc, String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    private static List<String> messagesOf(JdbcClient jdbc, String table) {
        return jdbc.sql("SELECT message_id::text FROM " + table)
                .query(String.class)
                .list();
    }
}
