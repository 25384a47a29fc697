package io.reliablemessage.quickstart.shop.points;

import io.reliablemessage.quickstart.shop.ShopDatabase;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The tables {@code booking} and {@code inbox}. */
@Component
class PointsStore {

    private static final String RECEIVE =
            "INSERT INTO inbox (message_id, subscription) VALUES (:message, :subscription) ON CONFLICT DO NOTHING";

    private static final String BOOK =
            "INSERT INTO booking (customer, order_number, points) VALUES (:customer, :order, :points)";

    private static final String OF_CUSTOMER =
            "SELECT order_number, points FROM booking WHERE customer = :customer ORDER BY id";

    record Booking(String order, int points) {}

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    PointsStore(ShopDatabase pointsDatabase) {
        this.jdbc = pointsDatabase.jdbc();
        this.transaction = pointsDatabase.transaction();
    }

    /**
     * Books once per message: the inbox row and the booking are committed together or not at all.
     *
     * <p>An inbox by hand. The starter (message-spring-boot-starter) will bring it.
     */
    void book(OrderPlaced event, String message) {
        transaction.executeWithoutResult(tx -> {
            if (isNew(message)) {
                jdbc.sql(BOOK)
                        .param("customer", event.customer())
                        .param("order", event.order())
                        .param("points", event.points())
                        .update();
            }
        });
    }

    private boolean isNew(String message) {
        return jdbc.sql(RECEIVE)
                        .param("message", UUID.fromString(message))
                        .param("subscription", PointsConfiguration.SUBSCRIPTION)
                        .update()
                == 1;
    }

    List<Booking> of(String customer) {
        return jdbc.sql(OF_CUSTOMER)
                .param("customer", customer)
                .query((row, index) -> new Booking(row.getString("order_number"), row.getInt("points")))
                .list();
    }
}
