package io.reliablemessage.quickstart.shop.orders;

import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.quickstart.shop.ShopDatabase;
import io.reliablemessage.quickstart.shop.ShopProperties;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Places orders: the half message first, then the order in a transaction of our own, then the decision. */
@Component
class Checkout {

    private static final Logger log = LoggerFactory.getLogger(Checkout.class);

    sealed interface Outcome {
        record Placed(String message) implements Outcome {}

        /** The business refuses the order; the message is cancelled. */
        record Refused(String message, String reason) implements Outcome {}

        /** Without the message service the message cannot be stored. */
        record NotNow(String reason) implements Outcome {}
    }

    private final ReliableMessageClient messages;
    private final OrderStore orders;
    private final MarkerStore markers;
    private final TransactionOperations transaction;
    private final Duration checkAfter;

    Checkout(
            ReliableMessageClient ordersMessages,
            OrderStore orders,
            MarkerStore markers,
            ShopDatabase ordersDatabase,
            ShopProperties shop) {
        this.messages = ordersMessages;
        this.orders = orders;
        this.markers = markers;
        this.transaction = ordersDatabase.transaction();
        this.checkAfter = shop.orders().checkAfter();
    }

    /** @param afterCommit run between the commit and the confirmation; what it throws ends it there */
    Outcome place(Order order, Runnable afterCommit) {
        var message = MessageIds.next(); // ours, so that every call about it can be repeated
        try {
            messages.prepare(halfMessage(message, order));
        } catch (MessageProblemException e) {
            return new Outcome.NotNow(e.detail().orElse("The message service does not answer"));
        }
        try {
            transaction.executeWithoutResult(tx -> {
                markers.mark(message);
                orders.insert(order, message);
            });
        } catch (DataIntegrityViolationException e) {
            // The insert threw it, so no commit was tried. After any other failure the order may be there: decide
            // nothing.
            cancel(message);
            return new Outcome.Refused(message, reasonOf(e));
        }
        afterCommit.run();
        confirm(message);
        return new Outcome.Placed(message);
    }

    private PrepareRequest halfMessage(String id, Order order) {
        return PrepareRequest.builder(OrderPlaced.TOPIC, order.number(), OrderPlaced.by(order))
                .id(id)
                .checkAfter(checkAfter)
                .checkRef(markers.storeId())
                .build();
    }

    private void confirm(String message) {
        try {
            messages.confirm(message);
        } catch (MessageProblemException e) {
            // The order is committed. The half message is stored, and a check-back will follow.
            log.atWarn().addKeyValue("message", message).log("not confirmed: {}", e.getMessage());
        }
    }

    private void cancel(String message) {
        try {
            messages.cancel(message);
        } catch (MessageProblemException e) {
            log.atWarn().addKeyValue("message", message).log("not cancelled: {}", e.getMessage());
        }
    }

    private static String reasonOf(DataIntegrityViolationException refusal) {
        return switch (refusal) {
            case MarkerStore.TooLate late -> "It took so long that the message was cancelled";
            case DuplicateKeyException taken -> "There is an order with this number";
            default -> "The amount is over the customer's credit";
        };
    }
}
