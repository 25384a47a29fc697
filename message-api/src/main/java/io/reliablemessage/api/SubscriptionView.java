package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered subscription.
 *
 * @param application the consumer it belongs to
 * @param queue the broker's queue that the consumer listens on
 * @param schedule the one in force
 * @param maxAttempts the one in force
 * @param retiredAt from then on it gets no new messages
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubscriptionView(
        String name,
        String topic,
        String application,
        SubscriptionKind kind,
        String queue,
        List<Duration> schedule,
        int maxAttempts,
        @Nullable Instant retiredAt) {}
