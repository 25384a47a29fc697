package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.operation.OperationItemsView;
import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the deliveries of operations and their outcomes. */
@Component
class OperationItemStore {

    private static final int ROWS = 5_000;

    private static final String INSERT = """
            INSERT INTO operation_item (operation_id, message_id, subscription, outcome, reason, at)
            SELECT :operation, i.id, i.subscription, CASE WHEN i.reason IS NOT NULL THEN 'SKIPPED' END, i.reason,
                   CASE WHEN i.reason IS NOT NULL THEN now() END
              FROM unnest(:ids::uuid[], :subscriptions::text[], :reasons::text[]) AS i (id, subscription, reason)
            """;

    // A delivery that is dead or rejected again has failed like one that could not be written.
    private static final String FAILED = """
            SELECT message_id, subscription
              FROM operation_item
             WHERE operation_id = :operation AND (outcome = 'FAILED' OR became IN ('DEAD', 'REJECTED'))
             ORDER BY message_id, subscription
            """;

    private static final String PAGE = """
            SELECT i.message_id, i.subscription, i.reason, i.at, i.sent, i.became,
                   COALESCE(i.outcome, CASE o.state WHEN 'CANCELLED' THEN 'SKIPPED' ELSE 'WAITING' END) AS outcome,
                   i.outcome IS NULL AND o.state = 'CANCELLED' AS is_cancelled, o.finished_at
              FROM operation o JOIN operation_item i ON i.operation_id = o.id
             WHERE o.id = :operation
               AND i.operation_id = :operation
               AND (i.message_id, i.subscription) > (:message, :subscription)
               AND CASE :outcome::text
                   WHEN 'WAITING' THEN i.outcome IS NULL AND o.state <> 'CANCELLED'
                   WHEN 'SKIPPED' THEN i.outcome = 'SKIPPED' OR i.outcome IS NULL AND o.state = 'CANCELLED'
                   WHEN 'SENT' THEN i.sent
                   WHEN 'CONSUMED' THEN i.became = 'CONSUMED'
                   WHEN 'DEAD' THEN i.became = 'DEAD'
                   WHEN 'REJECTED' THEN i.became = 'REJECTED'
                   ELSE :outcome::text IS NULL OR i.outcome = :outcome
                   END
             ORDER BY i.message_id, i.subscription
             LIMIT :limit
            """;

    static final DeliveryId START = new DeliveryId(new MessageId(new UUID(0, 0)), "");

    private final JdbcClient jdbc;

    OperationItemStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param items each with a reason if it is skipped from the start */
    void insert(UUID operation, List<New> items) {
        for (var from = 0; from < items.size(); from += ROWS) {
            var rows = items.subList(from, Math.min(items.size(), from + ROWS));
            jdbc.sql(INSERT)
                    .param("operation", operation)
                    .param(
                            "ids",
                            SqlArrays.of("uuid", rows, item -> item.name.id().value()))
                    .param("subscriptions", SqlArrays.of("text", rows, item -> item.name.subscription()))
                    .param("reasons", SqlArrays.of("text", rows, New::skipped))
                    .update();
        }
    }

    record New(DeliveryId name, @Nullable String skipped) {}

    List<New> failed(UUID operation) {
        return jdbc.sql(FAILED)
                .param("operation", operation)
                .query((row, number) -> new New(name(row), null))
                .list();
    }

    List<OperationItemsView.Item> page(
            UUID operation, @Nullable OperationOutcome outcome, DeliveryId after, int limit) {
        return jdbc.sql(PAGE)
                .param("operation", operation)
                .param("outcome", outcome == null ? null : outcome.name())
                .param("message", after.id().value())
                .param("subscription", after.subscription())
                .param("limit", limit)
                .query((row, number) -> item(row))
                .list();
    }

    private static OperationItemsView.Item item(ResultSet row) throws SQLException {
        var isCancelled = row.getBoolean("is_cancelled");
        return new OperationItemsView.Item(
                row.getString("message_id"),
                row.getString("subscription"),
                OperationOutcome.valueOf(row.getString("outcome")),
                isCancelled ? "CANCELLED" : row.getString("reason"),
                Columns.instant(row, isCancelled ? "finished_at" : "at"),
                row.getBoolean("sent"),
                row.getString("became"));
    }

    static DeliveryId name(ResultSet row) throws SQLException {
        return name(row, "message_id", "subscription");
    }

    static DeliveryId name(ResultSet row, String message, String subscription) throws SQLException {
        return new DeliveryId(Columns.id(row, message), row.getString(subscription));
    }
}
