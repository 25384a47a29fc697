package io.reliablemessage.service.message;

import static java.util.stream.Collectors.groupingBy;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.Decision;
import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Shows a message to those it belongs to: its producer, and each consumer with its own deliveries. */
@Component
public class MessageViewStore {

    private static final String MESSAGE = """
            SELECT m.id, m.topic, m.key, m.producer, m.state, m.created_at, m.decided_at, m.decided_by, m.deliver_at,
                   m.check_attempts, m.check_due_at, m.check_answer,
                   m.state = 'PENDING_CONFIRM'
                       AND is_suspect(m.check_attempts, m.decision_due_at, :suspectAfterChecks, :suspectAfter) AS suspect
              FROM message m
             WHERE m.id = ANY (:ids) AND m.id BETWEEN :first AND :last
             ORDER BY m.id DESC
            """;

    private static final String DELIVERIES = """
            SELECT d.*, s.application
              FROM delivery d JOIN subscription s ON s.name = d.subscription
             WHERE d.message_id = ANY (:ids) AND d.message_id BETWEEN :first AND :last
             ORDER BY d.subscription
            """;

    private final JdbcClient jdbc;
    private final LedgerProperties properties;

    MessageViewStore(JdbcClient jdbc, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** @param application the caller; null: one who may see everything */
    public Optional<MessageView> find(MessageId id, @Nullable String application) {
        return find(List.of(id), application).stream().findFirst();
    }

    /** The messages that exist, newest first. */
    public List<MessageView> find(List<MessageId> ids, @Nullable String application) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var deliveries =
                about(DELIVERIES, ids).query(OwnedDelivery::of).list().stream().collect(groupingBy(OwnedDelivery::id));
        return about(MESSAGE, ids)
                .param("suspectAfterChecks", properties.suspectAfterChecks())
                .param("suspectAfter", properties.suspectAfter().toMillis())
                .query((row, number) -> {
                    var isProducer = application == null || application.equals(row.getString("producer"));
                    var visible = deliveries.getOrDefault(Columns.id(row, "id"), List.of()).stream()
                            .filter(delivery -> isProducer || delivery.application.equals(application))
                            .map(OwnedDelivery::view)
                            .toList();
                    return isProducer || !visible.isEmpty()
                            ? Optional.of(view(row, visible))
                            : Optional.<MessageView>empty();
                })
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private JdbcClient.StatementSpec about(String sql, List<MessageId> ids) {
        return IdRange.bind(jdbc.sql(sql), ids);
    }

    private static MessageView view(ResultSet row, List<MessageView.Delivery> deliveries) throws SQLException {
        var decision = Decision.valueOf(row.getString("state"));
        return new MessageView(
                row.getString("id"),
                row.getString("topic"),
                row.getString("key"),
                row.getString("producer"),
                decision == Decision.CONFIRMED ? worst(deliveries) : MessageState.valueOf(decision.name()),
                row.getBoolean("suspect"),
                Columns.requiredInstant(row, "created_at"),
                Columns.instant(row, "decided_at"),
                row.getString("decided_by"),
                Columns.instant(row, "deliver_at"),
                checkbacks(row, decision),
                deliveries);
    }

    private static MessageState worst(List<MessageView.Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> MessageState.valueOf(delivery.state().name()))
                .min(Enum::compareTo)
                .orElse(MessageState.SENDING);
    }

    private static MessageView.@Nullable Checkbacks checkbacks(ResultSet row, Decision decision) throws SQLException {
        var attempts = row.getInt("check_attempts");
        return decision == Decision.PENDING_CONFIRM || attempts > 0
                ? new MessageView.Checkbacks(
                        attempts, Columns.instant(row, "check_due_at"), row.getString("check_answer"))
                : null;
    }

    private record OwnedDelivery(MessageId id, String application, MessageView.Delivery view) {
        static OwnedDelivery of(ResultSet row, int number) throws SQLException {
            return new OwnedDelivery(
                    Columns.id(row, "message_id"),
                    row.getString("application"),
                    new MessageView.Delivery(
                            row.getString("subscription"),
                            DeliveryState.valueOf(row.getString("state")),
                            row.getInt("attempts"),
                            Columns.instant(row, "due_at"),
                            Columns.instant(row, "sent_at"),
                            Columns.instant(row, "finished_at"),
                            row.getString("last_error")));
        }
    }
}
