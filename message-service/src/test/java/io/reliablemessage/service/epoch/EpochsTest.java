package io.reliablemessage.service.epoch;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Replicas notice that their ledger was restored, and begin one epoch for it. */
@Tag("ledger")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpochsTest {

    private final Service service = Service.start(Map.of());
    private final Service other = service.replica();
    private final EpochLoop loop = service.bean(EpochLoop.class);
    private final EpochLoop loopOfOther = other.bean(EpochLoop.class);

    @AfterAll
    void stop() {
        other.close();
        service.close();
    }

    @RepeatedTest(10)
    void replicasThatFindTheirBeatsLostAtOnceBeginOneEpoch() {
        var copy = LedgerCopy.of(service);
        loop.observe();
        loopOfOther.observe();
        var before = epochs();

        copy.putBack();
        bothObserve(10);

        assertThat(epochs()).hasSize(before.size() + 1).containsAll(before);
        assertThat(newest().cause()).isEqualTo("WENT_BACK");
        assertThat(newest().restoredTo()).isEqualTo(copy.lastBeat());
        assertThat(restoredSince(before.getLast())).isEqualTo(copy.lastBeat());
    }

    @RepeatedTest(10)
    void replicasThatFindAnotherServerAtOnceBeginOneEpoch() {
        loop.observe();
        var before = epochs();

        LedgerCopy.run(service, "UPDATE ledger_epoch SET server = '1/1'");
        bothObserve(10);

        assertThat(epochs()).hasSize(before.size() + 1).containsAll(before);
        assertThat(newest().cause()).isEqualTo("SERVER_CHANGED");
        assertThat(newest().restoredTo()).isBetween(at(before.getLast()), at(newest().number()));
    }

    /** As after a restore that a replica without memory saw first. */
    @Test
    void aBeatWrittenAfterTheRestoreIsNotTakenForTheRestoredPoint() {
        var copy = LedgerCopy.of(service);
        loop.observe();
        loopOfOther.observe();

        copy.putBack();
        LedgerCopy.run(service, "INSERT INTO ledger_beat VALUES (gen_random_uuid(), 1, now())");
        bothObserve(2);

        assertThat(newest().restoredTo()).isEqualTo(copy.lastBeat());
    }

    @Test
    void anEpochThatARestoreHasLostNeverComesAgain() {
        var copy = LedgerCopy.of(service);
        var future = newest().number() + ofSeconds(3600).toMillis(); // as of a clock that was an hour ahead
        LedgerCopy.run(service, """
                INSERT INTO ledger_epoch (epoch, restored_to, cause, server)
                VALUES (%d, now(), 'OPERATOR', ledger_server())
                """.formatted(future));
        await().atMost(ofSeconds(20)).until(() -> service.bean(EpochCache.class).number() == future);
        await().atMost(ofSeconds(20)).until(() -> other.bean(EpochCache.class).number() == future);

        copy.putBack();
        bothObserve(4);

        assertThat(epochs()).doesNotContain(future).last().isEqualTo(future + 1);
    }

    @Test
    void aReplicaThatStartsAnewBeginsNoEpoch() {
        loop.observe();
        var before = epochs();

        try (var third = service.replica()) {
            assertThat(third.bean(EpochCache.class).number()).isEqualTo(before.getLast());
        }

        assertThat(epochs()).isEqualTo(before);
    }

    @Test
    void theServerIsSeenWithoutAnyRight() {
        var database = service.database().name();
        LedgerCopy.run(service, """
                DO $$ BEGIN
                    IF to_regrole('ordinary') IS NULL THEN CREATE ROLE ordinary; END IF;
                END $$;
                GRANT USAGE ON SCHEMA public TO ordinary;
                SET ROLE ordinary;
                DO $$ BEGIN
                    IF ledger_server() !~ '^[0-9]+/[0-9]+$' THEN RAISE 'not seen in %s'; END IF;
                END $$;
                """.formatted(database));
        assertThat(service.jdbc()
                        .sql("SELECT server FROM ledger_epoch ORDER BY epoch DESC LIMIT 1")
                        .query(String.class)
                        .single())
                .matches("[0-9]+/[0-9]+");
    }

    private void bothObserve(int times) {
        Parallel.times(times, () -> {
            Parallel.both(() -> observed(loop), () -> observed(loopOfOther));
            return true;
        });
    }

    private static boolean observed(EpochLoop loop) {
        loop.observe();
        return true;
    }

    private List<Long> epochs() {
        return service.jdbc()
                .sql("SELECT epoch FROM ledger_epoch ORDER BY epoch")
                .query(Long.class)
                .list();
    }

    private Epoch newest() {
        return service.bean(EpochStore.class).newest();
    }

    private static Instant at(long epoch) {
        return Instant.ofEpochMilli(epoch);
    }

    private Instant restoredSince(long epoch) {
        return Instant.parse(
                service.as(Key.PRODUCER).get("/ledger?since=" + epoch).is(200).text("restoredTo"));
    }
}
