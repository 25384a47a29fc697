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
 * @param schedule the one in force: an operator's, the subscription's own, the service's
 * @param maxAttempts the one in force
 * @param ratePerSecond redeliveries per second at most, the one in force; absent: as many as are due
 * @param overridden whether an operator's override is in force for any of them
 * @param paused nothing is sent to it until an operator resumes it
 * @param preview the times of the next sends after the first if nothing is acknowledged, up to 20, without jitter
 * @param retiredAt from then on it receives no new messages
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
        @Nullable Integer ratePerSecond,
        boolean overridden,
        boolean paused,
        List<Duration> preview,
        @Nullable Instant retiredAt) {}
