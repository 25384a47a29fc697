package io.reliablemessage.quickstart.shop.stock;

import io.reliablemessage.client.MessageNotFoundException;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.client.TransitionRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.stereotype.Component;

/** Consumes {@code order.placed} the way {@code PointsListener} does. */
@Component
class StockListener {

    private static final Logger log = LoggerFactory.getLogger(StockListener.class);

    private final StockStore stock;
    private final ReliableMessageClient messages;

    StockListener(StockStore stock, ReliableMessageClient stockMessages) {
        this.stock = stock;
        this.messages = stockMessages;
    }

    @RabbitListener(queues = "#{@stockSubscription.queue()}", autoStartup = "${shop.consuming}")
    void pack(OrderPlaced event, @Header(AmqpHeaders.MESSAGE_ID) String message) {
        try {
            stock.pack(event, message);
        } catch (Defects.Defect e) { // caught only for its log, which would disturb the scenarios
            log.atInfo().addKeyValue("message", message).log("not packed: {}", e.getMessage());
            return;
        }
        acknowledge(message);
    }

    private void acknowledge(String message) {
        try {
            messages.ack(message, StockConfiguration.SUBSCRIPTION);
        } catch (MessageNotFoundException | TransitionRefusedException e) {
            // Final: the service will not send it again, so no repeat is needed.
            log.atWarn().addKeyValue("message", message).log("acknowledged in vain: {}", e.getMessage());
        }
    }
}
