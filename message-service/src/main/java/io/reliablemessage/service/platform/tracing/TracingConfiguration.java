package io.reliablemessage.service.platform.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("message-service.tracing.enabled")
class TracingConfiguration {

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

    /** Spans that no collector takes are dropped, and nobody waits for them. */
    @Bean
    OpenTelemetrySdk openTelemetry(TracingProperties properties, @Value("${spring.application.name}") String name) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(properties.endpoint())
                .build();
        var tracers = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(Attributes.of(SERVICE, name))))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(properties.sampling())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        return OpenTelemetrySdk.builder().setTracerProvider(tracers).build();
    }

    @Bean
    CallSpans callSpans(OpenTelemetry tracing) {
        return new CallSpans(tracing.getTracer("io.reliablemessage.service"));
    }
}
