package io.reliablemessage.quickstart.shop.orders;

import io.reliablemessage.quickstart.shop.ShopDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code orders}; its constraints are the business rules. */
@Component
class OrderStore {

    private static final String INSERT = """
            INSERT INTO orders (number, customer, amount, points, message_id)
            VALUES (:number, :customer, :amount, :points, :message)
            """;

    private static final String FIND = """
            SELECT number, customer, amount, points, message_id, placed_at FROM orders WHERE number = :number
            """;

    /** An order, and the message that announces it. */
    record PlacedOrder(
            String number, String customer, BigDecimal amount, int points, String message, Instant placedAt) {}

    private final JdbcClient jdbc;

    OrderStore(ShopDatabase ordersDatabase) {
        this.jdbc = ordersDatabase.jdbc();
    }

    void insert(Order order, String message) {
        jdbc.sql(INSERT)
                .param("number", order.number())
                .param("customer", order.customer())
                .param("amount", order.amount())
                .param("points", order.points())
                .param("message", UUID.fromString(message))
                .update();
    }

    Optional<PlacedOrder> find(String number) {
        return jdbc.sql(FIND)
                .param("number", number)
                .query((row, index) -> new PlacedOrder(
                        row.getString("number"),
                        row.getString("customer"),
                        row.getBigDecimal("amount"),
                        row.getInt("points"),
                        row.getString("message_id"),
                        row.getObject("placed_at", OffsetDateTime.class).toInstant()))
                .optional();
    }
}
