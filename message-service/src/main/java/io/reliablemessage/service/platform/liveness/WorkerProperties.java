package io.reliablemessage.service.platform.liveness;

import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How often workers are expected to call.
 *
 * @param intervals by worker, the longest interval between calls; after three intervals without a call, health is
 *     {@code DEGRADED}
 */
@ConfigurationProperties("message-service.workers")
record WorkerProperties(Map<String, Duration> intervals) {

    WorkerProperties {
        var rules = new SettingRules("message-service.workers");
        intervals.forEach((kind, interval) -> rules.positive("intervals." + kind, interval));
    }
}
