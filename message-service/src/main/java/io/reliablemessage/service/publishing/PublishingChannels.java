package io.reliablemessage.service.publishing;

import java.io.IOException;
import org.springframework.stereotype.Component;

/** Opens channels that report what became of their sends. */
@Component
class PublishingChannels {

    private final Broker broker;
    private final PublishMetrics metrics;
    private final SendSpans spans;
    private final SendOutcomes outcomes;
    private final SendWindow window;

    PublishingChannels(
            Broker broker,
            PublishMetrics metrics,
            SendSpans spans,
            SendOutcomes outcomes,
            PublishingProperties properties) {
        this.broker = broker;
        this.metrics = metrics;
        this.spans = spans;
        this.outcomes = outcomes;
        this.window = SendWindow.of(properties);
    }

    PublishingChannel open() throws IOException {
        return new PublishingChannel(broker, window, metrics, spans, outcomes::confirmed, outcomes::failed);
    }
}
