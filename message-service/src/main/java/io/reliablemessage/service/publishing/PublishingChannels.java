package io.reliablemessage.service.publishing;

import java.io.IOException;
import org.springframework.stereotype.Component;

/** Opens channels that report each send: to metrics and traces, its confirmation to resends, its failure to the ledger. */
@Component
class PublishingChannels {

    private final BrokerConnection broker;
    private final PublishMetrics metrics;
    private final SendSpans spans;
    private final ConfirmedResends resends;
    private final FailedSendLoop failedSends;

    PublishingChannels(
            BrokerConnection broker,
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
        return new PublishingChannel(broker, metrics, spans, resends::hear, failedSends::giveBack);
    }
}
