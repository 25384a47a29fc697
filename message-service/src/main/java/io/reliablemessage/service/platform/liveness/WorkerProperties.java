package io.reliablemessage.service.platform.liveness;

import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How often workers are expected.
 *
 * @param intervals by kind of worker, how often one calls at least; after three without a call,
 *     health is {@code DEGRADED}
 */
@ConfigurationProperties("message-service.workers")
record WorkerProperties(Map<String, Duration> intervals) {

    WorkerProperties {
        var rules = new SettingRules("message-service.workers");
        intervals.forEach((kind, interval) -> rules.positive("intervals." + kind, interval));
    }
}
