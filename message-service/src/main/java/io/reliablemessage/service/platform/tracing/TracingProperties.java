package io.reliablemessage.service.platform.tracing;

import io.reliablemessage.service.platform.settings.SettingRules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of tracing.
 *
 * @param enabled false: no spans; trace contexts still travel with their messages
 * @param endpoint of a collector, for OTLP over HTTP, such as {@code http://localhost:4318/v1/traces}
 * @param sampling the share, 0 to 1, of traces started here that is kept; for others, their origin has decided
 */
@ConfigurationProperties("message-service.tracing")
record TracingProperties(
        boolean enabled,
        @DefaultValue("http://localhost:4318/v1/traces") String endpoint,
        @DefaultValue("0.1") double sampling) {

    TracingProperties {
        var rules = new SettingRules("message-service.tracing");
        rules.require(sampling >= 0 && sampling <= 1, "sampling", sampling, "Choose 0 to 1");
    }
}
