package io.reliablemessage.service.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.service.Service;
import io.reliablemessage.testing.Infrastructure;
import io.reliablemessage.testing.PostgresServer.Database;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * {@code fsync} and {@code full_page_writes} belong to the server, so {@code synchronous_commit}
 * stands for the three.
 */
@Tag("ledger")
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class DurabilityTest {

    private final Database database = Infrastructure.postgres().newDatabase();

    @ParameterizedTest
    @ValueSource(strings = {"off", "local", "remote_write"})
    void aDatabaseThatForgetsWhatWasCommittedIsRefusedWithFactAndRemedy(String setting, CapturedOutput output) {
        alter("SET synchronous_commit = " + setting);

        assertThatThrownBy(() -> Service.start(database, Map.of()))
                .rootCause()
                .isInstanceOf(UnsafeSetting.class)
                .hasMessageContaining("synchronous_commit=" + setting);
        assertThat(output)
                .contains("PostgreSQL runs with synchronous_commit=" + setting)
                .contains("Set synchronous_commit to on or remote_apply")
                .doesNotContain("\tat io.reliablemessage");
    }

    @Test
    void aSchemaWithForeignTablesIsRefusedWithFactAndRemedy(CapturedOutput output) throws java.sql.SQLException {
        try (var connection =
                        java.sql.DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id bigint)");
        }

        assertThatThrownBy(() -> Service.start(database, Map.of())).rootCause().isInstanceOf(UnsafeSetting.class);

        assertThat(output)
                .contains("has tables that are not this service's")
                .contains("a database or a schema of its own")
                .doesNotContain("\tat io.reliablemessage", "\tat org.", "aseline");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto-commit | false | auto-commit=false | true",
                "transaction-isolation | TRANSACTION_SERIALIZABLE | SERIALIZABLE | TRANSACTION_READ_COMMITTED",
                "read-only | true | read-only | false"
            })
    void aPoolThatCommitsNothingOrReadsAnotherWayIsRefused(String setting, String value, String fact, String remedy) {
        assertThatThrownBy(() -> Service.start(database, Map.of("spring.datasource.hikari." + setting, value)))
                .rootCause()
                .isInstanceOfSatisfying(UnsafeSetting.class, unsafe -> {
                    assertThat(unsafe).hasMessageContaining(fact);
                    assertThat(unsafe.remedy()).contains("spring.datasource.hikari." + setting, remedy);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "default_transaction_isolation, serializable",
        "default_transaction_isolation, repeatable read",
        "default_transaction_read_only, on"
    })
    void soIsADatabaseWhoseTransactionsAreOfAnotherKind(String setting, String value) {
        alter("SET %s = '%s'".formatted(setting, value));

        assertThatThrownBy(() -> Service.start(database, Map.of()))
                .rootCause()
                .isInstanceOfSatisfying(
                        UnsafeSetting.class,
                        unsafe -> assertThat(unsafe.remedy()).contains(setting));
    }

    /** Only the JVM's own property ends a training run, so a setting of that name leaves a service that serves. */
    @Test
    void noSettingSparesAServiceTheCheck() {
        alter("SET synchronous_commit = off");

        assertThatThrownBy(() -> Service.start(database, Map.of("spring.context.exit", "onRefresh")))
                .rootCause()
                .isInstanceOf(UnsafeSetting.class);
    }

    @Test
    void aCommitThatEvenWaitsForItsReplicasToShowItIsTaken() {
        alter("SET synchronous_commit = remote_apply");

        try (var service = Service.start(database, Map.of())) {
            assertThat(service.asNobody()
                            .get("/actuator/health/readiness")
                            .is(200)
                            .text("status"))
                    .isEqualTo("UP");
        }
    }

    private void alter(String change) {
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE %s %s".formatted(database.name(), change));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
