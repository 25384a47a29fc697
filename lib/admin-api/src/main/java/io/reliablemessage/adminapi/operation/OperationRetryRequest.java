package io.reliablemessage.adminapi.operation;

import org.jspecify.annotations.Nullable;

/**
 * Starts an operation upon what another one failed with.
 *
 * @param ratePerSecond 1 to 100,000; none: as fast as they go
 * @param canary so many go first, and the others only when these are consumed; resends only
 * @param reason for the audit and the timelines, at most 500 bytes
 */
public record OperationRetryRequest(
        @Nullable Integer ratePerSecond,
        @Nullable Integer canary,
        @Nullable String reason) {}
