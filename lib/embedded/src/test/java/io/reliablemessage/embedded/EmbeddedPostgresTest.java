package io.reliablemessage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @Test
    void isAsDurableAsAnInstalledOneAndListensLocallyOnly() {
        try (var postgres = EmbeddedPostgres.temporary()) {
            var server = new Sql(postgres, "postgres");

            assertThat(server.value("SHOW fsync")).isEqualTo("on");
            assertThat(server.value("SHOW full_page_writes")).isEqualTo("on");
            assertThat(server.value("SHOW synchronous_commit")).isEqualTo("on");
            assertThat(server.value("SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(server.value("SHOW unix_socket_directories")).isEmpty();
            assertThat(postgres.version()).startsWith("18.");
        }
    }

    @Test
    void asksForThePassword() {
        try (var postgres = EmbeddedPostgres.temporary()) {
            assertThatThrownBy(
                            () -> DriverManager.getConnection(postgres.url("postgres"), postgres.username(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void createsADatabaseOnce() {
        try (var postgres = EmbeddedPostgres.temporary()) {
            postgres.createDatabase("message-service");
            new Sql(postgres, "message-service").run("CREATE TABLE note (text text)");

            postgres.createDatabase("message-service");

            assertThat(new Sql(postgres, "message-service").value("SELECT count(*) FROM note"))
                    .isEqualTo("0");
        }
    }

    @Test
    void comesBackAfterAKillWithWhatWasCommitted() {
        try (var postgres = EmbeddedPostgres.temporary()) {
            var server = new Sql(postgres, "postgres");
            server.run("CREATE TABLE note AS SELECT 'kept' AS text");

            postgres.kill();
            assertThatThrownBy(() -> server.value("SELECT 1")).hasRootCauseInstanceOf(ConnectException.class);
            postgres.startAgain();

            assertThat(server.value("SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @Test
    void keepsItsDataAndItsPassword(@TempDir Path directory) {
        String password;
        try (var first = EmbeddedPostgres.keptIn(directory)) {
            password = first.password();
            new Sql(first, "postgres").run("CREATE TABLE note AS SELECT 'kept' AS text");
        }

        try (var second = EmbeddedPostgres.keptIn(directory)) {
            assertThat(second.password()).isEqualTo(password);
            assertThat(new Sql(second, "postgres").value("SELECT text FROM note"))
                    .isEqualTo("kept");
        }
    }

    @Test
    void leavesNothingBehindWhenItIsTemporary() {
        var postgres = EmbeddedPostgres.temporary();
        var cluster = Path.of(new Sql(postgres, "postgres").value("SHOW data_directory"));
        assertThat(cluster).exists();

        postgres.close();

        assertThat(cluster.getParent()).doesNotExist();
    }

    @Test
    void startsAnewWhereAnInitializationWasInterrupted(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("cluster.unfinished/base"));

        try (var postgres = EmbeddedPostgres.keptIn(directory)) {
            assertThat(new Sql(postgres, "postgres").value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesADirectoryInUseAndSaysWhatToDo(@TempDir Path directory) {
        try (var postgres = EmbeddedPostgres.keptIn(directory)) {
            assertThat(postgres.port()).isPositive();

            assertThatThrownBy(() -> EmbeddedPostgres.keptIn(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(directory.getFileName().toString())
                    .hasMessageContaining("pid " + ProcessHandle.current().pid())
                    .hasMessageContaining("choose another directory");
        }
    }
}
