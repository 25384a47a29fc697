package io.reliablemessage.adminapi.operation;

import org.jspecify.annotations.Nullable;

/**
 * Makes an operation faster or slower.
 *
 * @param ratePerSecond 1 to 100,000; none: as fast as they go
 * @param reason for the audit, at most 500 bytes
 */
public record OperationRateRequest(
        @Nullable Integer ratePerSecond, @Nullable String reason) {}
