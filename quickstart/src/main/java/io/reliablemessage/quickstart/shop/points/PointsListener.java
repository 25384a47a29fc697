package io.reliablemessage.quickstart.shop.points;

import io.reliablemessage.api.Headers;
import io.reliablemessage.client.MessageNotFoundException;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.client.TransitionRefusedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.stereotype.Component;

/**
 * Consumes {@code order.placed}: effect, then acknowledgement to the message service, then (by
 * returning) to the broker.
 *
 * <p>Whatever fails, nothing is put back into the queue (see {@code shop.yml}): unacknowledged, the message comes
 * again on its schedule.
 */
@Component
class PointsListener {

    private static final Logger log = LoggerFactory.getLogger(PointsListener.class);

    private final PointsStore points;
    private final Outage outage;
    private final ReliableMessageClient messages;

    PointsListener(PointsStore points, Outage outage, ReliableMessageClient pointsMessages) {
        this.points = points;
        this.outage = outage;
        this.messages = pointsMessages;
    }

    @RabbitListener(queues = "#{@pointsSubscription.queue()}", autoStartup = "${shop.consuming}")
    void earn(
            OrderPlaced event,
            @Header(AmqpHeaders.MESSAGE_ID) String message,
            @Header(name = Headers.TRACE_PARENT, required = false) @Nullable String trace) {
        if (outage.isOn()) {
            return; // the broker believes that it is delivered
        }
        points.book(event, message);
        // By hand, too: a tracer for RabbitMQ listeners reads that header itself.
        log.atInfo()
                .addKeyValue("message", message)
                .addKeyValue("traceparent", trace)
                .log("points are booked");
        acknowledge(message);
    }

    private void acknowledge(String message) {
        try {
            messages.ack(message, PointsConfiguration.SUBSCRIPTION);
        } catch (MessageNotFoundException | TransitionRefusedException e) {
            // Final: the service will not send it again, so no repeat is needed.
            log.atWarn().addKeyValue("message", message).log("acknowledged in vain: {}", e.getMessage());
        }
    }
}
