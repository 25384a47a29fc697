package io.reliablemessage.adminapi.operation;

import io.reliablemessage.adminapi.message.MessageQuery;
import org.jspecify.annotations.Nullable;

/**
 * Starts an operation.
 *
 * @param id a UUID of the caller's, so that the call can be repeated; none: the service makes one
 * @param filter as in a search; it selects each delivery that meets all conditions
 * @param expected the number of matching deliveries from the preview; if more match now, nothing is done
 * @param fingerprint from the preview: if other deliveries match now, nothing is done; required to discard
 * @param ratePerSecond resends or discards per second, 1 to 100,000; none: no limit
 * @param canary how many are sent first, the others only when these are consumed; resends only
 * @param reason for the audit and the timelines, at most 500 bytes
 * @param runAgain true: also deliveries beyond the dedupe window, which a consumer may apply twice
 */
public record OperationRequest(
        @Nullable String id,
        @Nullable OperationAction action,
        @Nullable MessageQuery filter,
        @Nullable Integer expected,
        @Nullable String fingerprint,
        @Nullable Integer ratePerSecond,
        @Nullable Integer canary,
        @Nullable String reason,
        @Nullable Boolean runAgain) {}
