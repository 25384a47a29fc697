package io.reliablemessage.service.faults;

import io.reliablemessage.testing.PostgresServer.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the service's database says, read past the service. */
final class LedgerView {

    private final JdbcClient jdbc;

    LedgerView(Database database) {
        jdbc = JdbcClient.create(new DriverManagerDataSource(database.url(), database.username(), database.password()));
    }

    /** The state each message is shown in. */
    Map<String, String> states() {
        var states = new HashMap<String, String>();
        jdbc.sql("SELECT id::text, shown_state(id, state) AS state FROM message")
                .query((row, number) -> states.put(row.getString("id"), row.getString("state")))
                .list();
        return states;
    }

    /** Deliveries on their way. */
    long sending() {
        return jdbc.sql("SELECT count(*) FROM delivery WHERE state = 'SENDING'")
                .query(Long.class)
                .single();
    }

    /** The sends that each delivery on its way has cost so far, by message. */
    Map<String, Integer> attemptsSoFar() {
        var attempts = new HashMap<String, Integer>();
        jdbc.sql("SELECT message_id::text, attempts FROM delivery WHERE state = 'SENDING'")
                .query((row, number) -> attempts.put(row.getString("message_id"), row.getInt("attempts")))
                .list();
        return attempts;
    }

    /** How many deliveries cost how many sends. */
    Map<Integer, Integer> deliveriesByAttempts() {
        var deliveries = new TreeMap<Integer, Integer>();
        jdbc.sql("SELECT attempts, count(*) AS deliveries FROM delivery GROUP BY attempts")
                .query((row, number) -> deliveries.put(row.getInt("attempts"), row.getInt("deliveries")))
                .list();
        return deliveries;
    }
}
