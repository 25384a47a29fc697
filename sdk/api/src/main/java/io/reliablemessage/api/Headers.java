package io.reliablemessage.api;

/** Names of HTTP and AMQP headers. */
public final class Headers {
    /**
     * HTTP, on calls with a {@code console} key: the operator on whose behalf the console calls,
     * percent-encoded UTF-8.
     */
    public static final String ACTOR = "RM-Actor";
    /** HTTP, on calls with a {@code console} key: that operator's roles, separated by commas. */
    public static final String ROLES = "RM-Roles";

    /**
     * HTTP, on prepare and send of one message without an id: makes the call repeatable for as long
     * as ids are accepted.
     */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** HTTP, on answers to producers: the ledger's epoch, as {@code GET /ledger} shows it. */
    public static final String EPOCH = "RM-Epoch";

    /** AMQP: the subscription this copy is for. */
    public static final String SUBSCRIPTION = "rm-subscription";
    /** AMQP: the number of the send that this copy comes from, from 1. */
    public static final String ATTEMPT = "rm-attempt";
    /** AMQP: the message's business key. */
    public static final String KEY = "rm-key";
    /** HTTP and AMQP: W3C trace context. */
    public static final String TRACE_PARENT = "traceparent";
    /** HTTP and AMQP: W3C trace context. */
    public static final String TRACE_STATE = "tracestate";

    private Headers() {}
}
