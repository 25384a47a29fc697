package io.reliablemessage.spring;

/** How a message reaches the service. Its row is written in the caller's transaction in any case. */
public enum SendMode {
    /**
     * Stored by the service as a half message before the commit, and confirmed after it. Whoever commits knows that the
     * service has the message.
     */
    HALF,
    /** Sent after the commit. The service may be away; the message waits in its row. */
    OUTBOX
}
