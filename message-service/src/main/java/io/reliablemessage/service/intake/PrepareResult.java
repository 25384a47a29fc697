package io.reliablemessage.service.intake;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.model.MessageId;
import java.time.Instant;

/** What became of a prepare. */
public sealed interface PrepareResult {

    /** Stored now. */
    record Stored(MessageId id) implements PrepareResult {}

    /** Stored before, with the same content. */
    record Repeated(MessageId id, MessageState state) implements PrepareResult {}

    /** The same content again, but it was cancelled: nobody may start a transaction for it. */
    record Cancelled(MessageId id) implements PrepareResult {}

    /** The id stands for something else. */
    record ContentDiffers(MessageId id) implements PrepareResult {}

    /** Not stored. */
    record Refused(Reason reason, Instant now) implements PrepareResult {}

    /** Why the database would not store it. */
    enum Reason {
        ID_OUTSIDE_WINDOW,
        TOPIC_NOT_FOUND,
        NO_SUBSCRIPTION,
        DELIVER_AT_TOO_FAR
    }
}
