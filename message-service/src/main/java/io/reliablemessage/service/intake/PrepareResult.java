package io.reliablemessage.service.intake;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.model.MessageId;
import java.time.Instant;

/** The result of a prepare. */
public sealed interface PrepareResult {

    /** Stored now. */
    record Stored(MessageId id) implements PrepareResult {}

    /**
     * Stored before, with the same content.
     *
     * @param state its producer's decision; SENDING when confirmed, whatever became of its deliveries
     */
    record Repeated(MessageId id, MessageState state) implements PrepareResult {}

    /** The same content again, but the message was cancelled: no transaction may start for it. */
    record Cancelled(MessageId id) implements PrepareResult {}

    /** The id belongs to another message. */
    record ContentDiffers(MessageId id) implements PrepareResult {}

    /** Not stored. */
    record Refused(Reason reason, Instant now) implements PrepareResult {}

    /** Why the database refused it. */
    enum Reason {
        ID_OUTSIDE_WINDOW,
        TOPIC_NOT_FOUND,
        NO_SUBSCRIPTION,
        DELIVER_AT_TOO_FAR,
        /** Its application requires one, and it names none. */
        CHECK_REF_MISSING,
        /** The ledger has no partition for it: our own failure. */
        DAY_MISSING
    }
}
