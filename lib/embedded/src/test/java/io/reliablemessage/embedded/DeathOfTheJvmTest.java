package io.reliablemessage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("faults")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no supervisor there: the next start ends what was left")
class DeathOfTheJvmTest {

    @TempDir
    Path directory;

    @Test
    void leavesNoProcessBehindAndLosesNothing() {
        try (var other = OtherJvm.keepingPostgresIn(directory).awaitReady()) {
            var offspring = other.offspring();
            assertThat(offspring).hasSizeGreaterThan(5);

            other.kill();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> offspring.stream().noneMatch(ProcessHandle::isAlive));
        }
        assertNothingIsLost();
    }

    @Test
    void letsTheNextStartFollowAtOnce() {
        try (var other = OtherJvm.keepingPostgresIn(directory).awaitReady()) {
            other.kill();

            assertNothingIsLost();
        }
    }

    @Test
    void letsTheNextStartEndAServerWhoseSupervisorDiedToo() {
        try (var other = OtherJvm.keepingPostgresIn(directory).awaitReady()) {
            var postmaster = other.offspring().stream()
                    .filter(OtherJvm::isPostmaster)
                    .findFirst()
                    .orElseThrow();
            other.offspring().stream().filter(OtherJvm::isShell).forEach(ProcessHandle::destroyForcibly);
            other.kill();
            assertThat(postmaster.isAlive()).isTrue();

            assertNothingIsLost();

            assertThat(postmaster.isAlive()).isFalse();
        }
    }

    @Test
    void isFollowedByRecoveryWhenTheServerWasKilledToo() {
        try (var other = OtherJvm.keepingPostgresIn(directory).awaitReady()) {
            other.offspring().forEach(ProcessHandle::destroyForcibly);
            other.kill();

            assertNothingIsLost();
        }
    }

    @Test
    void isTheOnlyWayForASecondJvmToGetTheDirectory() {
        try (var holder = OtherJvm.keepingPostgresIn(directory).awaitReady();
                var second = OtherJvm.keepingPostgresIn(directory)) {
            assertThat(second.outputToTheEnd())
                    .contains(directory + " is in use by another process (pid "
                            + holder.process().pid() + ")")
                    .contains("Stop it, or choose another directory");
        }
    }

    private void assertNothingIsLost() {
        try (var postgres = EmbeddedPostgres.keptIn(directory)) {
            assertThat(new Sql(postgres, "postgres").value("SELECT text FROM note"))
                    .isEqualTo("written before the kill");
        }
    }
}
