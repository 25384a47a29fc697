package io.reliablemessage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class InfrastructureTest {

    @Test
    void givesEachTestADatabaseOfItsOwn() throws Exception {
        var one = Infrastructure.postgres().newDatabase();
        var other = Infrastructure.postgres().newDatabase();

        execute(one, "CREATE TABLE note (text text)");
        execute(other, "CREATE TABLE note (text text)");

        assertThat(one.url()).isNotEqualTo(other.url()).endsWith(one.name());
    }

    @Test
    void startsEachServerOnce() {
        assertThat(Infrastructure.postgres()).isSameAs(Infrastructure.postgres());
        assertThat(Infrastructure.broker()).isSameAs(Infrastructure.broker());
    }

    @Test
    void leavesWhatItRanAgainst() {
        var postgres = Infrastructure.postgres();
        var broker = Infrastructure.broker();

        assertThat(postgres.description()).matches("PostgreSQL \\d+\\.\\d+ \\((named|container|embedded)\\)");
        assertThat(broker.description())
                .matches("(RabbitMQ|Qpid Broker-J) [\\d.]+ \\((named|container|local|embedded)\\)");
        assertThat(Path.of("target", "infrastructure", ProcessHandle.current().pid() + ".txt"))
                .hasContent("test-support | " + postgres.description() + " | " + broker.description());
    }

    private static void execute(PostgresServer.Database database, String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }
}
