package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.internal.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Rejects a message for a final business reason: it is not sent again automatically.
 *
 * @param id the message; in the path instead when the call is {@code POST /messages/{id}/reject}
 * @param subscription as in {@link AckRequest}
 * @param code short and stable, such as {@code ACCOUNT_CLOSED}; 1 to 100 bytes. A second rejection with another one is
 *     refused: the first stands
 * @param reason for people; at most 1,000 bytes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RejectRequest(
        @Nullable String id,
        @Nullable String subscription,
        String code,
        @Nullable String reason) {

    private static final int MAX_CODE = 100;
    private static final int MAX_REASON = 1000;

    /** Starts a rejection; the code is short and stable, such as {@code ACCOUNT_CLOSED}. */
    public static Builder builder(String code) {
        return new Builder(code);
    }

    /**
     * This request, unless something is missing, blank or too long.
     *
     * @throws IllegalArgumentException names the member and what to do
     */
    public RejectRequest checked() {
        Arguments.optionalText("id", id, Arguments.MAX_ID);
        Arguments.optionalText("subscription", subscription, Arguments.MAX_NAME);
        Arguments.text("code", code, MAX_CODE);
        if (reason != null) {
            Arguments.limited("reason", reason, MAX_REASON);
        }
        return this;
    }

    /** Makes a request; what is not set is absent. Not safe for use by several threads. */
    public static final class Builder {

        private final String code;
        private @Nullable String id;
        private @Nullable String subscription;
        private @Nullable String reason;

        private Builder(String code) {
            this.code = code;
        }

        /** The message; the client adds it. */
        public Builder id(@Nullable String id) {
            this.id = id;
            return this;
        }

        /** The caller's subscription, where several of the message's deliveries are the caller's. */
        public Builder subscription(@Nullable String subscription) {
            this.subscription = subscription;
            return this;
        }

        /** For people; at most 1,000 bytes. */
        public Builder reason(@Nullable String reason) {
            this.reason = reason;
            return this;
        }

        /** The rejection, {@link #checked}. */
        public RejectRequest build() {
            return new RejectRequest(id, subscription, code, reason).checked();
        }
    }
}
