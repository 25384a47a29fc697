package io.reliablemessage.service.publishing.rabbit;

import com.rabbitmq.client.Channel;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.Trace;
import io.reliablemessage.service.publishing.BrokerChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel with publisher confirms, which RabbitMQ numbers as {@link BrokerChannel} does. Sends are mandatory and persistent. */
class RabbitChannel implements BrokerChannel {

    private static final Logger log = LoggerFactory.getLogger(RabbitChannel.class);

    private final Channel channel;

    private RabbitChannel(Channel channel) {
        this.channel = channel;
    }

    static RabbitChannel confirming(Channel channel, Listener listener) throws IOException {
        channel.confirmSelect();
        channel.addReturnListener(returned -> listener.returned(
                returned.getProperties().getMessageId(),
                returned.getRoutingKey(),
                "%d %s".formatted(returned.getReplyCode(), returned.getReplyText())));
        channel.addConfirmListener(listener::confirmed, listener::refused);
        return new RabbitChannel(channel);
    }

    @Override
    public void send(Dispatch dispatch, Trace trace) throws IOException {
        channel.basicPublish(
                "",
                dispatch.queue(),
                true,
                Envelope.of(dispatch, trace),
                dispatch.content().payload());
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public @Nullable String refusal() {
        var reason = channel.getCloseReason();
        return reason == null || reason.isHardError() || reason.isInitiatedByApplication() ? null : reason.getMessage();
    }

    @Override
    public void abort() {
        try {
            channel.abort();
        } catch (IOException alreadyGone) {
            log.atDebug().setCause(alreadyGone).log("channel could not be closed in order");
        }
    }
}
