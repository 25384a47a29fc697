package io.reliablemessage.service.publishing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.reliablemessage.api.Headers;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.Trace;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Makes a span for each send, until its confirm, in the trace in which its message was prepared.
 * Without tracing there are none, and a delivery has the producer's headers.
 */
@Component
class SendSpans {

    private static final TextMapGetter<Trace> STORED = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Trace trace) {
            return List.of(Headers.TRACE_PARENT, Headers.TRACE_STATE);
        }

        @Override
        public @Nullable String get(@Nullable Trace trace, String name) {
            if (trace == null) {
                return null;
            }
            return name.equals(Headers.TRACE_PARENT) ? trace.parent() : trace.state();
        }
    };

    private final Broker broker;
    private final @Nullable Tracer tracer;

    SendSpans(Broker broker, ObjectProvider<OpenTelemetry> tracing) {
        this.broker = broker;
        var openTelemetry = tracing.getIfAvailable();
        this.tracer = openTelemetry == null ? null : openTelemetry.getTracer("io.reliablemessage.service");
    }

    Span start(Dispatch dispatch) {
        if (tracer == null) {
            return Span.getInvalid();
        }
        var content = dispatch.content();
        var stored = W3CTraceContextPropagator.getInstance().extract(Context.root(), content.trace(), STORED);
        return tracer.spanBuilder("publish " + content.topic())
                .setSpanKind(SpanKind.PRODUCER)
                .setParent(stored)
                .setAttribute("messaging.system", broker.system())
                .setAttribute("messaging.operation.type", "send")
                .setAttribute("messaging.destination.name", dispatch.queue())
                .setAttribute("messaging.message.id", dispatch.id().toString())
                .setAttribute("reliable_message.subscription", dispatch.subscription())
                .setAttribute("reliable_message.attempt", dispatch.attempt())
                .startSpan();
    }

    /** Returns the trace for the consumer to continue: that of the send's span, if there is one. */
    static Trace trace(Dispatch dispatch, Span span) {
        if (!span.getSpanContext().isValid()) {
            return dispatch.content().trace();
        }
        var headers = new HashMap<String, String>();
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers, (to, name, value) -> {
            if (to != null) {
                to.put(name, value);
            }
        });
        return new Trace(headers.get(Headers.TRACE_PARENT), headers.get(Headers.TRACE_STATE));
    }
}
