package io.reliablemessage.adminapi.message;

import org.jspecify.annotations.Nullable;

/**
 * An operator's decision in place of the producer.
 *
 * @param reason for the audit, at most 500 bytes
 */
public record DecideRequest(
        @Nullable Verdict decision, @Nullable String reason) {

    /** The decision. */
    public enum Verdict {
        CONFIRM,
        CANCEL
    }
}
