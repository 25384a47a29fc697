package io.reliablemessage.service.checkback;

import io.reliablemessage.service.model.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A half message that its producer is asked about.
 *
 * @param checkRef the store that knows it; null: its producer did not name one
 */
record AskedMessage(MessageId id, @Nullable String checkRef) {

    /** A copy of the producer's database does not know what was committed in the original, and must not decide. */
    boolean isKnownTo(@Nullable String store) {
        return checkRef == null || checkRef.equals(store);
    }
}
