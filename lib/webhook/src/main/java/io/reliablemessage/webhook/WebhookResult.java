package io.reliablemessage.webhook;

import java.util.Map;

/** The result of a request. The caller decides what it means. */
public sealed interface WebhookResult {

    /**
     * An answer, and who signed it is not checked yet.
     *
     * @param signature of its headers, those of {@link Signature#HEADERS} that are there
     * @param body at most 64 KiB
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Answered(int status, Map<String, String> signature, byte[] body) implements WebhookResult {}

    enum Failed implements WebhookResult {
        /** No connection, or it broke, or the response was not HTTP. */
        UNREACHABLE,
        /** Not finished within the deadline. */
        TIMEOUT,
        /** The answer was larger than 64 KiB. */
        TOO_LARGE,
        /** The name resolves to an address that must not be called. */
        FORBIDDEN_ADDRESS
    }
}
