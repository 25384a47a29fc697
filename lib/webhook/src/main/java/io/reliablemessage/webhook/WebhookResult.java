package io.reliablemessage.webhook;

/** What came of a request. What it means is the caller's business. */
public sealed interface WebhookResult {

    /** @param body at most 64 KiB */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Answered(int status, byte[] body) implements WebhookResult {}

    enum Failed implements WebhookResult {
        /** No connection, or it broke, or what came was not HTTP. */
        UNREACHABLE,
        /** Not finished within the deadline. */
        TIMEOUT,
        /** The answer was larger than 64 KiB. */
        TOO_LARGE,
        /** The name leads to an address that must not be dialled. */
        FORBIDDEN_ADDRESS
    }
}
