package io.reliablemessage.quickstart.shop.stock;

import io.reliablemessage.quickstart.shop.ShopDatabase;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The tables {@code parcel} and {@code inbox}. */
@Component
class StockStore {

    private static final String RECEIVE =
            "INSERT INTO inbox (message_id, subscription) VALUES (:message, :subscription) ON CONFLICT DO NOTHING";

    private static final String PACK = "INSERT INTO parcel (order_number) VALUES (:order)";

    private static final String COUNT = "SELECT count(*) FROM parcel WHERE order_number = :order";

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Defects defects;

    StockStore(ShopDatabase stockDatabase, Defects defects) {
        this.defects = defects;
        this.jdbc = stockDatabase.jdbc();
        this.transaction = stockDatabase.transaction();
    }

    /**
     * Packs once per message: the inbox row and the parcel are committed together or not at all.
     *
     * <p>An inbox by hand. The starter (message-spring-boot-starter) will bring it.
     */
    void pack(OrderPlaced event, String message) {
        transaction.executeWithoutResult(tx -> {
            if (isNew(message)) {
                jdbc.sql(PACK).param("order", event.order()).update();
                defects.strike(event.order());
            }
        });
    }

    private boolean isNew(String message) {
        return jdbc.sql(RECEIVE)
                        .param("message", UUID.fromString(message))
                        .param("subscription", StockConfiguration.SUBSCRIPTION)
                        .update()
                == 1;
    }

    int parcelsOf(String order) {
        return jdbc.sql(COUNT).param("order", order).query(Integer.class).single();
    }
}
