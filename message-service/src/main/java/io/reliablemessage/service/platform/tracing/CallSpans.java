package io.reliablemessage.service.platform.tracing;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** A span for each call, in its caller's trace. Nothing below looks for a current span, so none is made current. */
final class CallSpans implements ObservationHandler<ServerRequestObservationContext> {

    private static final TextMapGetter<HttpServletRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServletRequest request) {
            return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
            return request == null ? null : request.getHeader(name);
        }
    };

    private final Tracer tracer;

    CallSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ServerRequestObservationContext call
                && !requestOf(call).getRequestURI().startsWith("/actuator");
    }

    @Override
    public void onStart(ServerRequestObservationContext call) {
        var request = requestOf(call);
        var parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
        call.put(
                Span.class,
                tracer.spanBuilder(request.getMethod())
                        .setSpanKind(SpanKind.SERVER)
                        .setParent(parent)
                        .startSpan());
    }

    @Override
    public void onStop(ServerRequestObservationContext call) {
        Span span = call.getOrDefault(Span.class, Span.getInvalid());
        for (KeyValue label : call.getLowCardinalityKeyValues()) {
            span.setAttribute(label.getKey(), label.getValue());
            if (label.getKey().equals("uri")) {
                span.updateName("%s %s".formatted(requestOf(call).getMethod(), label.getValue()));
            }
        }
        if (call.getResponse() != null && call.getResponse().getStatus() >= 500) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private static HttpServletRequest requestOf(ServerRequestObservationContext call) {
        return Objects.requireNonNull(call.getCarrier());
    }
}
