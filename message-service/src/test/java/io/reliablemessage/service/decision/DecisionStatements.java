package io.reliablemessage.service.decision;

import static io.reliablemessage.service.model.MessageTransition.CONFIRM;

import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs the statements that decide messages, for tests of plans. */
public final class DecisionStatements {

    private final DecisionStore store;

    public DecisionStatements(JdbcClient jdbc, ContentReader contents, LedgerProperties properties) {
        store = new DecisionStore(jdbc, contents, properties);
    }

    /** @return the dispatches of those that were not decided before */
    public List<Dispatch> confirm(List<MessageId> ids) {
        var confirmations = ids.stream()
                .map(id -> new DecisionRequest(id, "shop", "shop", CONFIRM))
                .toList();
        return store.decide(confirmations, new Claim(true, () -> {})).stream()
                .filter(DecisionResult.Applied.class::isInstance)
                .flatMap(applied -> ((DecisionResult.Applied) applied).dispatches().stream())
                .toList();
    }
}
