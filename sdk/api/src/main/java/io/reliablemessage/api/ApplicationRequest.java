package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.internal.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Sets the check URL and secret of the calling application.
 *
 * @param checkUrl an {@code https} address of the application, at most 2,000 characters, without a user or fragment,
 *     whose host can be looked up and is public; others, and {@code http}, where the service's operator allows it; left
 *     out: no check-backs
 * @param checkSecret signs check-backs and their answers (Standard Webhooks): {@code whsec_} and the base64 of 24 to 64
 *     random bytes. It is never shown again; left out: the stored one is kept. The one before stays valid for an hour
 * @param checkAnswers whether the answers have to be signed; left out: they have to
 * @param requireCheckRef true: a half message without a {@code checkRef} is refused, so that none can be cancelled by a
 *     copy of the database; left out: it is taken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApplicationRequest(
        @Nullable String checkUrl,
        @Nullable String checkSecret,
        @Nullable CheckAnswers checkAnswers,
        @Nullable Boolean requireCheckRef) {

    @Override
    public String toString() {
        return "ApplicationRequest[checkUrl=" + checkUrl + "]";
    }

    /** Starts a registration; without an address, the application is not asked. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * This request, unless its URL or its secret is blank.
     *
     * @throws IllegalArgumentException names the member and what to do
     */
    public ApplicationRequest checked() {
        if (checkUrl != null) {
            Arguments.notBlank("checkUrl", checkUrl, "give an address, or null for no check-backs");
        }
        if (checkSecret != null) {
            Arguments.notBlank("checkSecret", checkSecret, "give whsec_ and base64, or null to keep the stored one");
        }
        return this;
    }

    /** Makes a request; what is not set is absent. Not safe for use by several threads. */
    public static final class Builder {

        private @Nullable String checkUrl;
        private @Nullable String checkSecret;
        private @Nullable CheckAnswers checkAnswers;
        private @Nullable Boolean requireCheckRef;

        private Builder() {}

        /** Where the application is asked, by {@code https}. */
        public Builder checkUrl(@Nullable String checkUrl) {
            this.checkUrl = checkUrl;
            return this;
        }

        /** Signs the check-backs and their answers: {@code whsec_} and the base64 of 24 to 64 random bytes. */
        public Builder checkSecret(@Nullable String checkSecret) {
            this.checkSecret = checkSecret;
            return this;
        }

        /** Whether the answers have to be signed; not set: they have to. */
        public Builder checkAnswers(@Nullable CheckAnswers checkAnswers) {
            this.checkAnswers = checkAnswers;
            return this;
        }

        /** Whether a half message without a {@code checkRef} is refused. */
        public Builder requireCheckRef(@Nullable Boolean requireCheckRef) {
            this.requireCheckRef = requireCheckRef;
            return this;
        }

        /** The registration, {@link #checked}. */
        public ApplicationRequest build() {
            return new ApplicationRequest(checkUrl, checkSecret, checkAnswers, requireCheckRef).checked();
        }
    }
}
