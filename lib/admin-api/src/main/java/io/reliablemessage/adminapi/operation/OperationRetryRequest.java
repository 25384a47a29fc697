package io.reliablemessage.adminapi.operation;

import org.jspecify.annotations.Nullable;

/**
 * Starts an operation on the failed deliveries of another one.
 *
 * @param ratePerSecond 1 to 100,000; none: no limit
 * @param canary how many are sent first, the others only when these are consumed; resends only
 * @param reason for the audit and the timelines, at most 500 bytes
 */
public record OperationRetryRequest(
        @Nullable Integer ratePerSecond,
        @Nullable Integer canary,
        @Nullable String reason) {}
