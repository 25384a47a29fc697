package io.reliablemessage.service.admin.operation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What operations may do.
 *
 * @param maxDeliveries deliveries that one operation takes; 1 to 1,000,000
 * @param dedupeWindow for how long consumers know what they had; what is older is resent only if the operator says so
 * @param retention for how long an operation and its items are kept after its end
 */
@ConfigurationProperties("message-service.operations")
record OperationProperties(
        @DefaultValue("100000") int maxDeliveries,
        @DefaultValue("30d") Duration dedupeWindow,
        @DefaultValue("30d") Duration retention) {

    OperationProperties {
        require(maxDeliveries >= 1 && maxDeliveries <= 1_000_000, "max-deliveries", "1 to 1000000");
        require(dedupeWindow.isPositive(), "dedupe-window", "a positive duration");
        require(retention.isPositive(), "retention", "a positive duration");
    }

    private static void require(boolean holds, String property, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("message-service.operations.%s takes %s".formatted(property, allowed));
        }
    }
}
