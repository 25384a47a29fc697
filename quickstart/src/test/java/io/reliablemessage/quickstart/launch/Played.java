package io.reliablemessage.quickstart.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run of the scenarios: what was printed, and what is in the databases afterwards. */
record Played(String output, Databases databases) {

    private static final Pattern ORDER = Pattern.compile("order (S-\\d{6}-\\d{6}-(\\d))");

    private static final String DELIVERIES = """
            SELECT subscription || ' ' || state FROM delivery
             WHERE message_id = (SELECT id FROM message WHERE key = ?) ORDER BY subscription
            """;

    private static final String MARKED = """
            SELECT k.decision FROM orders o JOIN marker k USING (message_id) WHERE o.number = ?
            """;

    /** The order number of a scenario, as it was printed last. */
    String order(int scenario) {
        return ORDER.matcher(output)
                .results()
                .filter(order -> order.group(2).equals(Integer.toString(scenario)))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("no order of scenario " + scenario + " in:\n" + output))
                .group(1);
    }

    void hasPrintedAllScenarios() {
        var scenarios = output.substring(output.indexOf("Scenario 1:"));
        assertThat(scenarios)
                .doesNotContain("FAILED")
                .containsSubsequence("Scenario 1:", "prepared", "committed", "confirmed   by shop", "sent", "consumed")
                .containsSubsequence("consumed", "once", "as promised", "Scenario 2:")
                .containsSubsequence("Scenario 2:", "prepared", "rolled back", "cancelled   by shop", "as promised")
                .containsSubsequence(
                        "Scenario 3:", "died", "prepared", "committed", "silence", "check-back  with the shop")
                .containsSubsequence("COMMITTED", "confirmed   by check-back", "consumed", "once", "as promised")
                .containsSubsequence("Scenario 4:", "down", "prepared", "committed", "confirmed   by shop")
                .containsSubsequence("sent again  to points, attempt 2", "back", "consumed    by points", "once")
                .containsSubsequence(
                        "Scenario 5:", "broken", "sent again  to stock, attempt 3", "dead        for stock")
                .containsSubsequence("fixed", "resent      to stock by operations", "consumed    by stock")
                .containsSubsequence("resent", "once", "as promised");
        assertThat(scenarios.split("==> as promised", -1)).hasSize(6);
    }

    void hasKeptItsPromises() {
        isConfirmedBy("shop", 1);
        hasEffectsOnce(1, 10);
        isCancelledWithoutATrace(2);
        isConfirmedBy("check-back", 3);
        assertThat(events(3)).contains("CHECKED_BACK COMMITTED");
        hasEffectsOnce(3, 20);
        isConfirmedBy("shop", 4);
        assertThat(events(4)).contains("REDELIVERED attempt 2");
        hasEffectsOnce(4, 30);
        isConfirmedBy("shop", 5);
        assertThat(events(5)).containsSubsequence("BURIED no ack after 3 attempts", "RESENT the bug is fixed");
        hasEffectsOnce(5, 40);
    }

    private void isConfirmedBy(String actor, int scenario) {
        assertThat(texts(databases.ledger(), "SELECT state || ' ' || decided_by FROM message WHERE key = ?", scenario))
                .containsExactly("CONFIRMED " + actor);
    }

    void hasEffectsOnce(int scenario, int points) {
        assertThat(texts(databases.ledger(), DELIVERIES, scenario))
                .containsExactly("points CONSUMED", "stock CONSUMED");
        assertThat(texts(databases.orders(), MARKED, scenario)).containsExactly("COMMITTED");
        assertThat(texts(databases.points(), "SELECT points FROM booking WHERE order_number = ?", scenario))
                .containsExactly(Integer.toString(points));
        assertThat(texts(databases.stock(), "SELECT id FROM parcel WHERE order_number = ?", scenario))
                .hasSize(1);
    }

    private void isCancelledWithoutATrace(int scenario) {
        assertThat(texts(databases.ledger(), "SELECT state FROM message WHERE key = ?", scenario))
                .containsExactly("CANCELLED");
        assertThat(texts(databases.ledger(), DELIVERIES, scenario)).isEmpty();
        assertThat(texts(databases.orders(), MARKED, scenario)).isEmpty();
        assertThat(texts(databases.points(), "SELECT points FROM booking WHERE order_number = ?", scenario))
                .isEmpty();
        assertThat(texts(databases.stock(), "SELECT id FROM parcel WHERE order_number = ?", scenario))
                .isEmpty();
    }

    private List<String> events(int scenario) {
        return texts(
                databases.ledger(),
                "SELECT kind || ' ' || detail FROM event WHERE message_id = (SELECT id FROM message WHERE key = ?) ORDER BY at",
                scenario);
    }

    private List<String> texts(JdbcClient database, String sql, int scenario) {
        return database.sql(sql).param(order(scenario)).query(String.class).list();
    }
}
