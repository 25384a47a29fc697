package io.reliablemessage.service.checkback;

import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.web.Texts;
import org.jspecify.annotations.Nullable;

/**
 * A half message that its producer is asked about.
 *
 * @param checkRef the store that knows it; null: its producer did not name one
 * @param isStoreCopied its producer answers with the store of the question, whatever it has read
 */
record AskedMessage(MessageId id, @Nullable String checkRef, boolean isStoreCopied) {

    private static final String FOREIGN = "ROLLED_BACK by another store";
    private static final String COPIED = "ROLLED_BACK with a copied store";

    /**
     * Why the message is not believed to be rolled back: a copy of the producer's database does not know what was
     * committed in the original, and must not decide.
     *
     * @return null: it is believed
     */
    @Nullable
    String doubt(@Nullable String store) {
        if (checkRef == null) {
            return null;
        }
        if (!checkRef.equals(store) || !Texts.isVisible(checkRef)) {
            return FOREIGN;
        }
        return isStoreCopied ? COPIED : null;
    }
}
