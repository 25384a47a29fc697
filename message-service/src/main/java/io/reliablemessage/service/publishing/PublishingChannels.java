package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Component;

/** Opens channels that report confirmed resends and failed sends. */
@Component
class PublishingChannels {

    private final Broker broker;
    private final PublishMetrics metrics;
    private final SendSpans spans;
    private final ConfirmedResends resends;
    private final FailedSendLoop failedSends;
    private final RefusingQueues refusing;

    PublishingChannels(
            Broker broker,
            PublishMetrics metrics,
            SendSpans spans,
            ConfirmedResends resends,
            FailedSendLoop failedSends,
            RefusingQueues refusing) {
        this.broker = broker;
        this.metrics = metrics;
        this.spans = spans;
        this.resends = resends;
        this.failedSends = failedSends;
        this.refusing = refusing;
    }

    PublishingChannel open() throws IOException {
        return new PublishingChannel(broker, metrics, spans, this::confirmed, this::failed);
    }

    private void confirmed(Dispatch dispatch) {
        refusing.confirmed(dispatch.queue());
        resends.add(dispatch);
    }

    private void failed(List<FailedSend> failed) {
        failed.forEach(each -> refusing.refused(each.dispatch().queue()));
        failedSends.giveBack(failed);
    }
}
