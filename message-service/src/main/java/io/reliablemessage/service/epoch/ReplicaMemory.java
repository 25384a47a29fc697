package io.reliablemessage.service.epoch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a replica knows to be committed. A ledger that holds less was restored.
 *
 * @param epoch the newest epoch when the beat was written; 0: no beat was
 * @param beat the number of this replica's last beat; 0: none
 * @param beatAt when that was, by the database's clock; null: no beat was
 */
record ReplicaMemory(long epoch, long beat, @Nullable Instant beatAt) {

    static final ReplicaMemory EMPTY = new ReplicaMemory(0, 0, null);
}
