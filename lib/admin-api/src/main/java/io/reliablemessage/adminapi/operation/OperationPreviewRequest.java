package io.reliablemessage.adminapi.operation;

import io.reliablemessage.adminapi.message.MessageQuery;
import org.jspecify.annotations.Nullable;

/**
 * Asks what an operation would do.
 *
 * @param filter as in a search; it is about each delivery for which all of it holds
 * @param runAgain true: also what is beyond the dedupe window, where a consumer may have the effect twice
 */
public record OperationPreviewRequest(
        @Nullable OperationAction action,
        @Nullable MessageQuery filter,
        @Nullable Boolean runAgain) {}
