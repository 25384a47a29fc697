package io.reliablemessage.quickstart.shop.orders;

import io.reliablemessage.api.CheckbackAnswer;
import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.quickstart.shop.ShopDatabase;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tables {@code marker} and {@code store}: the outcome of the transaction behind each message.
 *
 * <p>Markers by hand. The starter (message-spring-boot-starter) will bring them.
 */
@Component
class MarkerStore {

    private static final Logger log = LoggerFactory.getLogger(MarkerStore.class);

    private static final String MARK = "INSERT INTO marker (message_id, decision) VALUES (:message, 'COMMITTED')";

    private static final String DECISION =
            "SELECT m.decision, s.id AS store FROM marker m CROSS JOIN store s WHERE m.message_id = :message";

    private static final String IMPATIENTLY = "SET LOCAL lock_timeout = '100ms'";

    // Waits for an open transaction that has marked the same message.
    private static final String FENCE = """
            INSERT INTO marker (message_id, decision) VALUES (:message, 'ROLLED_BACK') ON CONFLICT DO NOTHING
            """;

    private static final String STORE = "SELECT id FROM store";

    /** A check-back was answered with "rolled back" before, so this transaction must roll back. */
    static final class TooLate extends DataIntegrityViolationException {
        TooLate(DuplicateKeyException cause) {
            super("The message is marked as rolled back", cause);
        }
    }

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final String storeId;

    MarkerStore(ShopDatabase ordersDatabase) {
        this.jdbc = ordersDatabase.jdbc();
        this.transaction = ordersDatabase.transaction();
        this.storeId = jdbc.sql(STORE).query(String.class).single();
    }

    /** Which database this is. */
    String storeId() {
        return storeId;
    }

    /** Marks a message as committed if the transaction around this call is. */
    void mark(String message) {
        try {
            jdbc.sql(MARK).param("message", UUID.fromString(message)).update();
        } catch (DuplicateKeyException e) {
            throw new TooLate(e);
        }
    }

    /**
     * Returns the outcome of a message's transaction, and which database knows it; {@code ROLLED_BACK} only after making
     * sure that it cannot commit.
     */
    CheckbackAnswer.Item outcome(String message) {
        try {
            return marked(message).orElseGet(() -> fenced(message));
        } catch (DataAccessException | TransactionException e) {
            // The transaction is still open, or the database cannot answer: the service checks back later.
            log.atInfo().addKeyValue("message", message).log("undecided: {}", e.getMessage());
            return unknown(message);
        }
    }

    private CheckbackAnswer.Item fenced(String message) {
        transaction.executeWithoutResult(tx -> {
            jdbc.sql(IMPATIENTLY).update();
            jdbc.sql(FENCE).param("message", UUID.fromString(message)).update();
        });
        return marked(message).orElseGet(() -> unknown(message));
    }

    static CheckbackAnswer.Item unknown(String message) {
        return new CheckbackAnswer.Item(message, CheckbackDecision.UNKNOWN, null);
    }

    private Optional<CheckbackAnswer.Item> marked(String message) {
        return jdbc.sql(DECISION)
                .param("message", UUID.fromString(message))
                .query((row, number) -> new CheckbackAnswer.Item(
                        message, CheckbackDecision.valueOf(row.getString("decision")), row.getString("store")))
                .optional();
    }
}
