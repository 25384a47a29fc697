package io.reliablemessage.spring;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.List;
import org.springframework.amqp.rabbit.connection.ChannelListener;

/** Notes the channels that the broker has closed. */
record BrokenChannels(List<String> breaks) implements ChannelListener {

    @Override
    public void onCreate(Channel channel, boolean transactional) {}

    @Override
    public void onShutDown(ShutdownSignalException signal) {
        if (!signal.isInitiatedByApplication()) {
            breaks.add(String.valueOf(signal.getMessage()));
        }
    }
}
