package io.reliablemessage.service.epoch;

import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.Headers;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real data directory is put back: answers carry a new epoch, and the restored point covers what is lost. */
@Tag("faults")
class RestoreTest {

    @TempDir
    Path directory;

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(strings = {"18", "15"})
    void beneathRunningReplicas(String version) {
        try (var data = new DataDirectory(directory, version);
                var service = Service.start(data.database(), Map.of());
                var other = service.replica()) {
            var route = service.newRoute();
            var kept = route.confirmed();
            var first = epochs(service);

            data.snapshot();
            awaitService(service);
            awaitService(other);
            assertThat(epochs(service)).as("a crash is no restore").isEqualTo(first);
            var snapshotAt = Instant.now();
            var lost = route.confirmed();
            service.bean(EpochLoop.class).observe();
            other.bean(EpochLoop.class).observe();

            data.putBack();

            await().atMost(ofSeconds(60)).until(() -> isAnsweredInAnotherEpoch(service, first.getFirst()));
            await().atMost(ofSeconds(60)).until(() -> isAnsweredInAnotherEpoch(other, first.getFirst()));
            route.get(kept).is(200);
            route.get(lost).is(MESSAGE_NOT_FOUND);
            assertThat(epochs(service)).hasSize(2).startsWith(first.getFirst());
            assertThat(cause(service)).isEqualTo("WENT_BACK");
            assertThat(restoredTo(service, first.getFirst()))
                    .isBetween(snapshotAt.minusSeconds(60), snapshotAt)
                    .isBefore(createdAt(lost));
            service.as(Key.PRODUCER).post("/messages", route.message(lost)).is(201);
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(strings = {"18", "15"})
    void byArchiveRecoveryWhileNoReplicaRuns(String version) {
        try (var data = new DataDirectory(directory, version)) {
            long first;
            Instant lastBeat;
            try (var service = Service.start(data.database(), Map.of())) {
                first = epochs(service).getFirst();
                data.snapshot();
                awaitService(service);
                service.bean(EpochLoop.class).observe();
            }
            try (var service = Service.start(data.database(), Map.of())) {
                assertThat(epochs(service)).as("a start is no restore").containsExactly(first);
            }

            data.recover();

            lastBeat = lastBeat(data);
            try (var service = Service.start(data.database(), Map.of())) {
                assertThat(isAnsweredInAnotherEpoch(service, first)).isTrue();
                assertThat(epochs(service)).hasSize(2);
                assertThat(cause(service)).isEqualTo("SERVER_CHANGED");
                assertThat(restoredTo(service, first)).isEqualTo(lastBeat);
            }
            try (var service = Service.start(data.database(), Map.of())) {
                assertThat(epochs(service)).as("the same timeline").hasSize(2);
            }
        }
    }

    private static Instant lastBeat(DataDirectory data) {
        var database = data.database();
        var source = new org.springframework.jdbc.datasource.DriverManagerDataSource(
                database.url(), database.username(), database.password());
        return org.springframework.jdbc.core.simple.JdbcClient.create(source)
                .sql("SELECT max(at) FROM ledger_beat")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private static void awaitService(Service service) {
        await().atMost(ofSeconds(60))
                .ignoreExceptions()
                .until(() -> service.as(Key.PRODUCER)
                                .get("/messages/" + MessageFlow.newId())
                                .is(MESSAGE_NOT_FOUND)
                                .status()
                        == 404);
    }

    private static boolean isAnsweredInAnotherEpoch(Service service, long before) {
        var answer = service.as(Key.PRODUCER).get("/messages/" + MessageFlow.newId());
        return answer.status() == 404
                && Long.parseLong(answer.headers().firstValue(Headers.EPOCH).orElseThrow()) > before;
    }

    private static Instant restoredTo(Service service, long since) {
        return Instant.parse(
                service.as(Key.PRODUCER).get("/ledger?since=" + since).is(200).text("restoredTo"));
    }

    private static String cause(Service service) {
        return service.bean(EpochStore.class).newest().cause();
    }

    private static Instant createdAt(String id) {
        return Instant.ofEpochMilli(java.util.UUID.fromString(id).getMostSignificantBits() >>> 16);
    }

    private static List<Long> epochs(Service service) {
        return service.jdbc()
                .sql("SELECT epoch FROM ledger_epoch ORDER BY epoch")
                .query(Long.class)
                .list();
    }
}
