package io.reliablemessage.service.admin.action;

import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.model.DeliveryTransition;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs the statements of operators' actions, for tests of plans and races. */
public final class ActionStatements {

    private static final OperatorAction ACTION = new OperatorAction("ann", "a test");

    private final MessageActionStore messages;
    private final CheckbackRequestStore checkbacks;

    public ActionStatements(JdbcClient jdbc, LedgerProperties properties) {
        messages = new MessageActionStore(jdbc, properties);
        checkbacks = new CheckbackRequestStore(jdbc);
    }

    public int revive(MessageId id) {
        return messages.revive(id, null, ACTION).size();
    }

    public void reviveAll(String subscription, List<MessageId> ids) {
        messages.act(DeliveryTransition.REVIVE, names(subscription, ids), ACTION);
    }

    public void discardAll(String subscription, List<MessageId> ids) {
        messages.act(DeliveryTransition.DISCARD, names(subscription, ids), ACTION);
    }

    public int wantCheckbacks(String application) {
        return checkbacks.want(application, ACTION).due();
    }

    private static List<DeliveryId> names(String subscription, List<MessageId> ids) {
        return ids.stream().map(id -> new DeliveryId(id, subscription)).toList();
    }
}
