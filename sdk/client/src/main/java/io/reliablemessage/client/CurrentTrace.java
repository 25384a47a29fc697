package io.reliablemessage.client;

import io.reliablemessage.api.PrepareRequest;
import org.jspecify.annotations.Nullable;

/**
 * Returns the trace of the calling thread, so that messages are prepared in it and their consumers find it. The
 * client asks in the caller's thread, once per message, since messages of several traces travel in one request.
 *
 * <p>With Micrometer Tracing:
 *
 * <pre>{@code
 * CurrentTrace current = () -> {
 *     var span = tracer.currentSpan();
 *     return span == null ? null : "00-%s-%s-%s".formatted(span.context().traceId(), span.context().spanId(),
 *             Boolean.TRUE.equals(span.context().sampled()) ? "01" : "00");
 * };
 * }</pre>
 */
@FunctionalInterface
public interface CurrentTrace {

    /** No tracing. */
    CurrentTrace NONE = () -> null;

    /** A W3C {@code traceparent}; null: there is no trace. */
    @Nullable
    String traceparent();

    /** The message in the current trace, unless it has one already. */
    default PrepareRequest of(PrepareRequest message) {
        if (message.traceparent() != null) {
            return message;
        }
        var current = traceparent();
        return current == null ? message : message.inTrace(current, null);
    }
}
