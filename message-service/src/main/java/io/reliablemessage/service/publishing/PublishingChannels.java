package io.reliablemessage.service.publishing;

import java.io.IOException;
import org.springframework.stereotype.Component;

/** Opens channels that report confirmed resends and failed sends. */
@Component
class PublishingChannels {

    private final Broker broker;
    private final PublishMetrics metrics;
    private final SendSpans spans;
    private final ConfirmedResends resends;
    private final FailedSendLoop failedSends;

    PublishingChannels(
            Broker broker,
            PublishMetrics metrics,
            SendSpans spans,
            ConfirmedResends resends,
            FailedSendLoop failedSends) {
        this.broker = broker;
        this.metrics = metrics;
        this.spans = spans;
        this.resends = resends;
        this.failedSends = failedSends;
    }

    PublishingChannel open() throws IOException {
        return new PublishingChannel(broker, metrics, spans, resends::add, failedSends::giveBack);
    }
}
