package io.reliablemessage.service.decision;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.MessageId;
import java.util.List;

/** What became of a confirm or a cancel. */
public sealed interface DecisionResult {

    /**
     * Decided now.
     *
     * @param dispatches what publishing has to send after the commit
     */
    record Applied(MessageId id, MessageState state, List<Dispatch> dispatches) implements DecisionResult {}

    /** Decided like that before: success. */
    record Repeated(MessageId id, MessageState state) implements DecisionResult {}

    /** Decided otherwise before. */
    record Refused(MessageId id, MessageState actual) implements DecisionResult {}

    /** No subscription would get it, so it stays pending; somebody has to look. */
    record Unroutable(MessageId id, String topic) implements DecisionResult {}

    /** Not there, or not the caller's. */
    record Unknown(MessageId id) implements DecisionResult {}
}
