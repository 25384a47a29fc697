package io.reliablemessage.webhook;

/** The result of a request. The caller decides what it means. */
public sealed interface WebhookResult {

    /** @param body at most 64 KiB */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Answered(int status, byte[] body) implements WebhookResult {}

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
