package io.reliablemessage.quickstart.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.testing.Infrastructure;
import io.reliablemessage.testing.PostgresServer.Database;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supported installation on one machine: PostgreSQL and RabbitMQ are the user's. */
@Tag("slow")
class ExternalServersTest {

    @TempDir
    Path directory;

    @Test
    void usesTheServersItIsGiven() throws SQLException {
        var database = Infrastructure.postgres().newDatabase();
        var arguments = new ArrayList<>(datasource(database.url(), database.username(), database.password()));
        arguments.addAll(rabbitMq(database.name()));

        try (var quickstart = start(arguments).awaitReady()) {
            assertThat(quickstart.output())
                    .contains("using the PostgreSQL at " + database.url(), "using the RabbitMQ at");
            var played = new Played(quickstart.output(), Databases.beside(database));
            played.hasPrintedAllScenarios();
            played.hasKeptItsPromises();
        }
        assertThat(directory.resolve("data/postgres")).doesNotExist();
        assertThat(databasesBeside(database))
                .containsExactlyInAnyOrder(
                        database.name() + "_shop_orders",
                        database.name() + "_shop_points",
                        database.name() + "_shop_stock");
    }

    @Test
    @Tag("faults")
    void startsOnTheLedgerOfADataDirectoryThatIsLost(@TempDir Path another) {
        var database = Infrastructure.postgres().newDatabase();
        var arguments = new ArrayList<>(datasource(database.url(), database.username(), database.password()));
        arguments.addAll(rabbitMq(database.name()));
        arguments.add("--quickstart.scenarios=false");
        start(arguments).awaitReady().close();

        try (var quickstart =
                QuickstartJvm.start(another, arguments.toArray(String[]::new)).awaitReady()) {
            assertThat(ShopFront.of(quickstart).place("anew", 100)).isEqualTo(201);
        }
    }

    @Test
    void asksForTheDatabasesThatItMayNotCreate() throws SQLException {
        var database = Infrastructure.postgres().newDatabase();
        var role = database.name() + "_owner";
        run(database, "CREATE ROLE \"%s\" LOGIN PASSWORD 'secret'".formatted(role));
        run(database, "ALTER DATABASE \"%s\" OWNER TO \"%s\"".formatted(database.name(), role));

        try (var quickstart = start(datasource(database.url(), role, "secret"))) {
            assertThat(quickstart.awaitExit()).isEqualTo(1);
            assertThat(quickstart.output())
                    .contains("CREATE DATABASE \"%s_shop_orders\" OWNER \"%s\"".formatted(database.name(), role))
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void namesThePropertyOfAServerThatDoesNotAnswer() {
        try (var quickstart = start(datasource("jdbc:postgresql://127.0.0.1:1/nowhere", "nobody", ""))) {
            assertThat(quickstart.awaitExit()).isEqualTo(1);
            assertThat(quickstart.output())
                    .contains("Cannot start: no connection to the PostgreSQL at jdbc:postgresql://127.0.0.1:1/nowhere")
                    .contains("spring.datasource.url")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void asksForAnotherDatabaseInPlaceOfTablesOfAnotherVersion() throws SQLException {
        var database = Infrastructure.postgres().newDatabase();
        run(database, """
                CREATE TABLE schema_history AS
                SELECT 1 AS installed_rank, '1' AS version, 'ledger' AS description, 'SQL' AS type,
                       'V1__ledger.sql' AS script, 1 AS checksum, 'earlier' AS installed_by,
                       now()::timestamp AS installed_on, 1 AS execution_time, true AS success
                """);
        var arguments = new ArrayList<>(datasource(database.url(), database.username(), database.password()));
        arguments.addAll(rabbitMq(database.name()));

        try (var quickstart = start(arguments)) {
            assertThat(quickstart.awaitExit()).isEqualTo(1);
            assertThat(quickstart.output())
                    .contains("Cannot start: the tables in the database at " + database.url())
                    .contains("made by another version", "spring.datasource.url")
                    .doesNotContain("\tat ");
        }
    }

    private QuickstartJvm start(List<String> arguments) {
        return QuickstartJvm.start(directory, arguments.toArray(String[]::new));
    }

    private static List<String> datasource(String url, String username, String password) {
        return List.of(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + username,
                "--spring.datasource.password=" + password);
    }

    private static List<String> rabbitMq(String queuePrefix) {
        var broker = Infrastructure.broker();
        return List.of(
                "--message-service.publishing.queue-prefix=" + queuePrefix + ".",
                "--spring.rabbitmq.host=" + broker.host(),
                "--spring.rabbitmq.port=" + broker.port(),
                "--spring.rabbitmq.username=" + broker.username(),
                "--spring.rabbitmq.password=" + broker.password(),
                "--spring.rabbitmq.virtual-host=" + broker.virtualHost());
    }

    private static void run(Database database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> databasesBeside(Database database) throws SQLException {
        var names = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var query =
                        connection.prepareStatement("SELECT datname FROM pg_database WHERE datname LIKE ? || '_%'")) {
            query.setString(1, database.name());
            for (var row = query.executeQuery(); row.next(); ) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
