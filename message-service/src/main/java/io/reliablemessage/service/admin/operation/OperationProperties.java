package io.reliablemessage.service.admin.operation;

import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of bulk operations.
 *
 * @param maxDeliveries deliveries that one operation takes; 1 to 1,000,000
 * @param dedupeWindow how long consumers recognize repeated messages; older ones are resent only if the operator
 *     confirms it
 * @param retention for how long an operation and its items are kept after its end
 */
@ConfigurationProperties("message-service.operations")
record OperationProperties(
        @DefaultValue("100000") int maxDeliveries,
        @DefaultValue("30d") Duration dedupeWindow,
        @DefaultValue("30d") Duration retention) {

    OperationProperties {
        var rules = new SettingRules("message-service.operations");
        rules.within("max-deliveries", maxDeliveries, 1, 1_000_000);
        rules.positive("dedupe-window", dedupeWindow);
        rules.positive("retention", retention);
    }
}
