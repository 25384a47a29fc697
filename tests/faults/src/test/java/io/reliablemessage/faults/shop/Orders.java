package io.reliablemessage.faults.shop;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The shop's own database: orders, and the outcome of the transaction behind each message. */
final class Orders {

    private static final String TABLES = """
            CREATE TABLE IF NOT EXISTS store (single boolean PRIMARY KEY DEFAULT true CHECK (single), id uuid NOT NULL);
            INSERT INTO store (id) VALUES (gen_random_uuid()) ON CONFLICT DO NOTHING;
            CREATE TABLE IF NOT EXISTS marker (
                message_id uuid PRIMARY KEY,
                outcome    text NOT NULL CHECK (outcome IN ('COMMITTED', 'ROLLED_BACK'))
            );
            CREATE TABLE IF NOT EXISTS placed_order (message_id uuid PRIMARY KEY REFERENCES marker);
            """;

    private static final String MARK = "INSERT INTO marker VALUES (:message, 'COMMITTED')";

    private static final String PLACE = "INSERT INTO placed_order VALUES (:message)";

    private static final String FIND = "SELECT outcome FROM marker WHERE message_id = :message";

    // Waits for a transaction that has marked the message and is still open; nobody else can mark it from now on.
    private static final String FENCE = """
            INSERT INTO marker VALUES (:message, 'ROLLED_BACK') ON CONFLICT DO NOTHING
            """;

    private static final String LOCKED = "55P03";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Orders(DataSource database) {
        jdbc = JdbcClient.create(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        jdbc.sql(TABLES).update();
    }

    /** The id of this database: a check-back to another one must not be answered. */
    String store() {
        return jdbc.sql("SELECT id::text FROM store").query(String.class).single();
    }

    /**
     * Places an order, and marks its message, in one transaction.
     *
     * @return false: it was rolled back, as wanted
     */
    boolean place(String message, Whim whim) {
        return Boolean.TRUE.equals(transaction.execute(open -> {
            whim.beforeMarking();
            update(MARK, message);
            update(PLACE, message);
            whim.beforeTheEnd();
            if (whim.rollsBack()) {
                open.setRollbackOnly();
            }
            return !whim.rollsBack();
        }));
    }

    /** The final outcome of the transaction behind a message; {@code UNKNOWN} while it is open. */
    String outcome(String message) {
        var known = find(message);
        if (known != null) {
            return known;
        }
        try {
            return fence(message) ? "ROLLED_BACK" : String.valueOf(find(message));
        } catch (DataAccessException failed) {
            if (failed.getMostSpecificCause() instanceof SQLException open && LOCKED.equals(open.getSQLState())) {
                return "UNKNOWN";
            }
            throw failed;
        }
    }

    private boolean fence(String message) {
        return Boolean.TRUE.equals(transaction.execute(tx -> {
            jdbc.sql("SET LOCAL lock_timeout = '100ms'").update();
            return update(FENCE, message) == 1;
        }));
    }

    private @Nullable String find(String message) {
        return jdbc.sql(FIND)
                .param("message", UUID.fromString(message))
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private int update(String sql, String message) {
        return jdbc.sql(sql).param("message", UUID.fromString(message)).update();
    }
}
