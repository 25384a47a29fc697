package io.reliablemessage.adminapi.operation;

import io.reliablemessage.adminapi.message.MessageQuery;
import org.jspecify.annotations.Nullable;

/**
 * Requests the preview of an operation.
 *
 * @param filter as in a search; it selects each delivery that meets all conditions
 * @param runAgain true: also deliveries beyond the dedupe window, which a consumer may apply twice
 */
public record OperationPreviewRequest(
        @Nullable OperationAction action,
        @Nullable MessageQuery filter,
        @Nullable Boolean runAgain) {}
