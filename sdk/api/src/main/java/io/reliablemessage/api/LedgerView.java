package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's epoch. It changes when the service's database was restored to an earlier point: what was stored and
 * answered after that point may be missing.
 *
 * @param epoch a decimal number that grows with each restore and never repeats
 * @param restoredTo the earliest point that the database was restored to since the epoch asked about; null: never, or no
 *     epoch was given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LedgerView(String epoch, @Nullable Instant restoredTo) {}
