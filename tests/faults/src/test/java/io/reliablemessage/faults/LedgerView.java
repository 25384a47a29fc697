package io.reliablemessage.faults;

import io.reliablemessage.faults.process.OwnDatabase;
import io.reliablemessage.testing.PostgresServer.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the service's database directly. */
public final class LedgerView {

    private final JdbcClient jdbc;

    public LedgerView(Database database) {
        jdbc = OwnDatabase.view(database);
    }

    /** The state each message is shown in. */
    public Map<String, String> states() {
        var states = new HashMap<String, String>();
        jdbc.sql("SELECT id::text, shown_state(id, state) AS state FROM message")
                .query((row, number) -> states.put(row.getString("id"), row.getString("state")))
                .list();
        return states;
    }

    /** How many messages are in which state, as shown. */
    public Map<String, Long> messagesByState() {
        return counts("SELECT shown_state(id, state) AS what, count(*) FROM message GROUP BY 1");
    }

    /** Who decided how many messages in which way. */
    public Map<String, Long> decisions() {
        return counts("SELECT state || ' by ' || decided_by AS what, count(*) FROM message GROUP BY 1");
    }

    /** Messages and deliveries that are not in a final state. */
    public long open() {
        return jdbc.sql("SELECT count(*) FROM message WHERE check_due_at IS NOT NULL")
                        .query(Long.class)
                        .single()
                + sending();
    }

    private Map<String, Long> counts(String sql) {
        var counts = new TreeMap<String, Long>();
        jdbc.sql(sql)
                .query((row, number) -> counts.put(row.getString("what"), row.getLong("count")))
                .list();
        return counts;
    }

    /** Open deliveries. */
    long sending() {
        return jdbc.sql("SELECT count(*) FROM delivery WHERE state = 'SENDING'")
                .query(Long.class)
                .single();
    }

    /** The messages of deliveries that were given up. */
    List<String> dead() {
        return jdbc.sql("SELECT message_id::text FROM delivery WHERE state = 'DEAD'")
                .query(String.class)
                .list();
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
    public Map<Integer, Integer> deliveriesByAttempts() {
        var deliveries = new TreeMap<Integer, Integer>();
        jdbc.sql("SELECT attempts, count(*) AS deliveries FROM delivery GROUP BY attempts")
                .query((row, number) -> deliveries.put(row.getInt("attempts"), row.getInt("deliveries")))
                .list();
        return deliveries;
    }
}
