package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Sets where and how the calling application is asked about its half messages.
 *
 * @param checkUrl an {@code http} or {@code https} address of the application; left out: it is not asked
 * @param checkSecret signs the asks (Standard Webhooks): {@code whsec_} and the base64 of 24 to 64 random bytes. It
 *     is never shown again; left out: the one stored before stays
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApplicationRequest(
        @Nullable String checkUrl, @Nullable String checkSecret) {

    @Override
    public String toString() {
        return "ApplicationRequest[checkUrl=" + checkUrl + "]";
    }
}
