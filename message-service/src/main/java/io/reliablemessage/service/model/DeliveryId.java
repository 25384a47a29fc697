package io.reliablemessage.service.model;

import io.reliablemessage.service.platform.database.SqlArrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Identifies a delivery: a message and a subscription. */
public record DeliveryId(MessageId id, String subscription) {

    /** As {@code ids} and {@code subscriptions}, with the bounds {@code first} and {@code last} that prune the days. */
    public static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, List<DeliveryId> names) {
        var ids = names.stream().map(DeliveryId::id).toList();
        return IdRange.bind(statement, ids)
                .param("subscriptions", SqlArrays.of("text", names, DeliveryId::subscription));
    }
}
