package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes the calling application to a topic, or changes the subscription.
 *
 * @param topic fixed once registered
 * @param kind fixed once registered; default {@link SubscriptionKind#QUEUE}
 * @param schedule how long to wait for an ack after each send, the last one repeating; default: the service's
 * @param maxAttempts sends before a delivery is given up; default: the service's
 * @param ratePerSecond redeliveries per second at most, 1 to 100,000; default: as many as are due
 * @param retired true: gets no new messages; absent or false brings a retired subscription back
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubscriptionRequest(
        String topic,
        @Nullable SubscriptionKind kind,
        @Nullable List<Duration> schedule,
        @Nullable Integer maxAttempts,
        @Nullable Integer ratePerSecond,
        @Nullable Boolean retired) {}
