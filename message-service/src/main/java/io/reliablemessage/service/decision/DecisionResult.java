package io.reliablemessage.service.decision;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.MessageId;
import java.util.List;

/** The result of a confirm or a cancel. */
public sealed interface DecisionResult {

    /**
     * Decided now.
     *
     * @param dispatches the sends that publishing makes after the commit
     */
    record Applied(MessageId id, MessageState state, List<Dispatch> dispatches) implements DecisionResult {}

    /** Decided like that before: success. */
    record Repeated(MessageId id, MessageState state) implements DecisionResult {}

    /** Decided otherwise before. */
    record Refused(MessageId id, MessageState actual) implements DecisionResult {}

    /** No subscription would receive it, so it stays pending until an operator acts. */
    record Unroutable(MessageId id, String topic) implements DecisionResult {}

    /** Not there, or not the caller's. */
    record Unknown(MessageId id) implements DecisionResult {}
}
