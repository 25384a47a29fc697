package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import java.util.List;
import org.springframework.stereotype.Component;

/** Receives the broker's answers to sends. */
@Component
class SendOutcomes {

    private final ConfirmedResends resends;
    private final FailedSendLoop failedSends;
    private final RefusingQueues refusing;

    SendOutcomes(ConfirmedResends resends, FailedSendLoop failedSends, RefusingQueues refusing) {
        this.resends = resends;
        this.failedSends = failedSends;
        this.refusing = refusing;
    }

    void confirmed(Dispatch dispatch) {
        refusing.confirmed(dispatch.queue());
        resends.add(dispatch);
    }

    void failed(List<FailedSend> failed) {
        failed.stream()
                .filter(each -> !isUnroutable(each))
                .forEach(each -> refusing.refused(each.dispatch().queue()));
        failedSends.giveBack(failed);
    }

    /** A queue that is not there is declared again, and takes all at once then. */
    private static boolean isUnroutable(FailedSend failed) {
        var error = failed.error();
        return error != null && error.startsWith(PublishingChannel.UNROUTABLE);
    }
}
