package io.reliablemessage.adminapi.registry;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator's override of a subscription's settings; a setting left out stays the application's.
 *
 * @param schedule wait before each redelivery; the last one repeats
 * @param reason for the audit, at most 500 bytes
 */
public record OverrideRequest(
        @Nullable List<Duration> schedule,
        @Nullable Integer maxAttempts,
        @Nullable Integer ratePerSecond,
        @Nullable String reason) {}
