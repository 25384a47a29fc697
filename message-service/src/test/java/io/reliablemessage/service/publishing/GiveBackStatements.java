package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs what gives failed sends back. */
public final class GiveBackStatements {

    private final FailedSendStore store;

    public GiveBackStatements(JdbcClient jdbc) {
        store = new FailedSendStore(jdbc);
    }

    public void refuse(Dispatch dispatch, String reason) {
        store.giveBack(List.of(FailedSend.refused(dispatch, reason)));
    }

    public void giveBack(List<Dispatch> dispatches) {
        store.giveBack(dispatches.stream().map(FailedSend::outOfReach).toList());
    }
}
