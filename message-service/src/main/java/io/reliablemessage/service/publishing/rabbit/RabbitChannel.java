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
    private final WriteWatch writes;

    private RabbitChannel(Channel channel, WriteWatch writes) {
        this.channel = channel;
        this.writes = writes;
    }

    static RabbitChannel confirming(Channel channel, Listener listener, WriteWatch writes) throws IOException {
        channel.confirmSelect();
        channel.addReturnListener(returned -> listener.returned(
                returned.getProperties().getMessageId(),
                returned.getRoutingKey(),
                "%d %s".formatted(returned.getReplyCode(), returned.getReplyText())));
        channel.addConfirmListener(listener::confirmed, listener::refused);
        return new RabbitChannel(channel, writes);
    }

    @Override
    public void send(Dispatch dispatch, Trace trace) throws IOException {
        var envelope = Envelope.of(dispatch, trace);
        writes.begin(WriteWatch.SEND);
        try {
            channel.basicPublish(
                    "", dispatch.queue(), true, envelope, dispatch.content().payload());
        } finally {
            writes.end();
        }
    }

    /** One in which a write hangs is as good as closed. */
    @Override
    public boolean isOpen() {
        return !writes.isStalled() && channel.isOpen();
    }

    @Override
    public @Nullable String refusal() {
        var reason = channel.getCloseReason();
        return reason == null || reason.isHardError() || reason.isInitiatedByApplication() ? null : reason.getMessage();
    }

    @Override
    public void abort() {
        writes.begin(WriteWatch.CALL);
        try {
            channel.abort();
        } catch (IOException alreadyGone) {
            log.atDebug().setCause(alreadyGone).log("channel could not be closed in order");
        } finally {
            writes.end();
        }
    }
}
