package io.reliablemessage.service.epoch;

import static io.reliablemessage.service.epoch.EpochCause.SERVER_CHANGED;
import static io.reliablemessage.service.epoch.EpochCause.WENT_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a replica begins an epoch, and when another one has done it already. */
class LedgerObservationTest {

    private static final Instant BEAT_AT = Instant.parse("2026-11-27T06:04:10Z");
    private static final ReplicaMemory MEMORY = new ReplicaMemory(100, 7, BEAT_AT);

    @Test
    void aLedgerAsItWasWasNotRestored() {
        assertThat(observed(100, "a/1", "a/1", 7).restore(MEMORY, 100)).isEmpty();
        assertThat(observed(100, "a/1", "a/1", 0).restore(ReplicaMemory.EMPTY, 0))
                .as("a replica that has just started")
                .isEmpty();
    }

    @Test
    void aBeatOfWhichTheCommitWasInDoubtMayBeThere() {
        assertThat(observed(100, "a/1", "a/1", 8).restore(MEMORY, 100)).isEmpty();
    }

    @Test
    void anotherClusterOrTimelineIsARestore() {
        assertThat(observed(100, "a/1", "b/1", 7).restore(MEMORY, 100)).hasValue(SERVER_CHANGED);
        assertThat(observed(100, "a/1", "a/2", 0).restore(ReplicaMemory.EMPTY, 0))
                .hasValue(SERVER_CHANGED);
    }

    @Test
    void aServerThatCannotBeSeenIsNoRestore() {
        assertThat(observed(100, "a/1", null, 7).restore(MEMORY, 100)).isEmpty();
        assertThat(observed(100, null, "a/1", 7).restore(MEMORY, 100)).isEmpty();
        assertThat(observed(100, null, "a/1", 7).isServerNew()).isTrue();
        assertThat(observed(100, null, null, 7).isServerNew()).isFalse();
    }

    @Test
    void aBeatThatIsLostIsARestore() {
        assertThat(observed(100, "a/1", "a/1", 6).restore(MEMORY, 100)).hasValue(WENT_BACK);
        assertThat(observed(100, "a/1", "a/1", 0).restore(MEMORY, 100)).hasValue(WENT_BACK);
    }

    @Test
    void anEpochThatIsLostIsARestore() {
        assertThat(observed(90, "a/1", "a/1", 7).restore(MEMORY, 100)).hasValue(WENT_BACK);
        assertThat(observed(100, "a/1", "a/1", 7).restore(MEMORY, 110))
                .as("one read after the last beat")
                .hasValue(WENT_BACK);
    }

    @Test
    void aRestoreForWhichAnotherReplicaBeganAnEpochIsOver() {
        assertThat(observed(110, "a/1", "a/1", 6).restore(MEMORY, 100)).isEmpty();
        assertThat(observed(110, "a/1", "a/1", 6).restore(MEMORY, 110))
                .as("and was read before this look")
                .isEmpty();
    }

    private static LedgerObservation observed(
            long newest, @Nullable String epochServer, @Nullable String server, long beat) {
        return new LedgerObservation(new Epoch(newest, null, "INSTALLED"), epochServer, server, beat, BEAT_AT);
    }
}
