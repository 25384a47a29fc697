package io.reliablemessage.spring.internal.fence;

import io.reliablemessage.api.CheckbackDecision;
import org.jspecify.annotations.Nullable;

/**
 * What is certain about the local transaction behind a message.
 *
 * @param store the id of the database, read from it in the transaction that decided; null: nothing was decided
 * @param reason for people
 */
public record Ruling(CheckbackDecision decision, @Nullable String store, String reason) {

    public static Ruling committed(String store) {
        return new Ruling(CheckbackDecision.COMMITTED, store, "the row is committed");
    }

    static Ruling rolledBack(String store, String reason) {
        return new Ruling(CheckbackDecision.ROLLED_BACK, store, reason);
    }

    public static Ruling unknown(String reason) {
        return new Ruling(CheckbackDecision.UNKNOWN, null, reason);
    }
}
