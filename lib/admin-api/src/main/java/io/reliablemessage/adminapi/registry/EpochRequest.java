package io.reliablemessage.adminapi.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reports that the ledger's database was restored.
 *
 * @param restoredTo the point that it was restored to, or an earlier one
 * @param reason for the audit, at most 500 bytes
 */
public record EpochRequest(
        @Nullable Instant restoredTo, @Nullable String reason) {}
