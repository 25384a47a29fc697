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
        failed.forEach(each -> refusing.refused(each.dispatch().queue()));
        failedSends.giveBack(failed);
    }
}
