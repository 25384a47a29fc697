package io.reliablemessage.adminapi.operation;

import io.reliablemessage.adminapi.message.MessageQuery;
import org.jspecify.annotations.Nullable;

/**
 * Starts an operation.
 *
 * @param id a UUID of the caller's, so that the call can be repeated; none: the service makes one
 * @param filter as in a search; it is about each delivery for which all of it holds
 * @param expected how many deliveries match, as the preview said; if it is more by now, nothing is done
 * @param ratePerSecond resends or discards per second, 1 to 100,000; none: as fast as they go
 * @param canary so many go first, and the others only when these are consumed; resends only
 * @param reason for the audit and the timelines, at most 500 bytes
 * @param runAgain true: also what is beyond the dedupe window, where a consumer may have the effect twice
 */
public record OperationRequest(
        @Nullable String id,
        @Nullable OperationAction action,
        @Nullable MessageQuery filter,
        @Nullable Integer expected,
        @Nullable Integer ratePerSecond,
        @Nullable Integer canary,
        @Nullable String reason,
        @Nullable Boolean runAgain) {}
