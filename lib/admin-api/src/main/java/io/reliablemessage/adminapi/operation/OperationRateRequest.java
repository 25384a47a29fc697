package io.reliablemessage.adminapi.operation;

import org.jspecify.annotations.Nullable;

/**
 * Changes the rate of an operation.
 *
 * @param ratePerSecond 1 to 100,000; none: no limit
 * @param reason for the audit, at most 500 bytes
 */
public record OperationRateRequest(
        @Nullable Integer ratePerSecond, @Nullable String reason) {}
