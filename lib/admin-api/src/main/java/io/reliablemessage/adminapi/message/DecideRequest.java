package io.reliablemessage.adminapi.message;

import org.jspecify.annotations.Nullable;

/**
 * An operator decides in the producer's place.
 *
 * @param reason for the audit, at most 500 bytes
 */
public record DecideRequest(
        @Nullable Verdict decision, @Nullable String reason) {

    /** What is decided. */
    public enum Verdict {
        CONFIRM,
        CANCEL
    }
}
