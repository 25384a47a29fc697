package io.reliablemessage.service.epoch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One epoch of the ledger.
 *
 * @param number milliseconds since 1970 when it began
 * @param restoredTo null: the first epoch, which no restore began
 * @param cause an {@link EpochCause}, or one of a later version
 */
record Epoch(long number, @Nullable Instant restoredTo, String cause) {}
