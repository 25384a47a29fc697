package io.reliablemessage.service.epoch;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replica's view of the ledger under the epochs' lock, before it writes its beat.
 *
 * @param newest the newest epoch that is stored
 * @param epochServer the server in that epoch; null: not seen yet
 * @param server the server now; null: this role may not see it
 * @param beat the number of this replica's last beat that is stored; 0: none
 * @param lastBeat the latest beat of any replica that is not later than the last one this replica remembers: what was
 *     committed before is in the ledger
 */
record LedgerObservation(
        Epoch newest,
        @Nullable String epochServer,
        @Nullable String server,
        long beat,
        Instant lastBeat) {

    boolean isServerNew() {
        return server != null && epochServer == null;
    }

    /**
     * The cause for which another epoch begins, if the ledger was restored and no epoch has begun for it yet.
     *
     * <p>One has, if this replica's beat is missing and the newest epoch is later than that beat's: in the lost ledger
     * the epoch would have been committed after the beat, so a restore that kept the epoch would have kept the beat.
     *
     * @param knownEpoch the highest epoch that this replica has seen; 0: none
     */
    Optional<EpochCause> restore(ReplicaMemory memory, long knownEpoch) {
        if (server != null && epochServer != null && !server.equals(epochServer)) {
            return Optional.of(EpochCause.SERVER_CHANGED);
        }
        var isBeatLost = beat < memory.beat() && newest.number() <= memory.epoch();
        return isBeatLost || newest.number() < knownEpoch ? Optional.of(EpochCause.WENT_BACK) : Optional.empty();
    }
}
