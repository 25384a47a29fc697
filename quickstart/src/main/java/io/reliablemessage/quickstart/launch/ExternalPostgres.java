package io.reliablemessage.quickstart.launch;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;

/** The user's PostgreSQL, named by {@code spring.datasource.*}. */
record ExternalPostgres(Access ledger) implements Postgres {

    static final String PREFIX = "spring.datasource";

    private static final Pattern URL =
            Pattern.compile("(?<server>jdbc:postgresql:(?://[^/?]*/)?)(?<database>[^/?]+)(?<parameters>\\?.*)?");
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    static ExternalPostgres of(Settings settings, Terminal terminal) {
        var url = settings.value(PREFIX + ".url");
        if (url == null || !URL.matcher(url).matches()) {
            throw new StartupFailure(
                    "spring.datasource.url is %s. Set it to something like jdbc:postgresql://localhost:5432/reliable_message, or set nothing under spring.datasource to use the embedded PostgreSQL."
                            .formatted(url == null ? "missing" : url));
        }
        var postgres = new ExternalPostgres(new Access(
                url,
                Objects.requireNonNullElse(settings.value(PREFIX + ".username"), ""),
                Objects.requireNonNullElse(settings.value(PREFIX + ".password"), "")));
        terminal.print("using the PostgreSQL at %s", url);
        postgres.requireAnswer();
        return postgres;
    }

    private void requireAnswer() {
        try (var connection = connect()) {
            connection.isValid(5);
        } catch (SQLException e) {
            throw new StartupFailure(
                    "no connection to the PostgreSQL at %s (%s). Correct spring.datasource.url, .username and .password, or start it."
                            .formatted(ledger.url(), e.getMessage()),
                    e);
        }
    }

    @Override
    public Access beside(String name) {
        var url = URL.matcher(ledger.url());
        if (!url.matches()) {
            throw new IllegalStateException("checked before: " + ledger.url());
        }
        var database = url.group("database") + "_" + name;
        create(database);
        var parameters = Objects.requireNonNullElse(url.group("parameters"), "");
        return new Access(url.group("server") + database + parameters, ledger.username(), ledger.password());
    }

    private void create(String database) {
        try (var connection = connect();
                var existing = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                var statement = connection.createStatement()) {
            existing.setString(1, database);
            if (!existing.executeQuery().next()) {
                statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database, true));
            }
        } catch (SQLException e) {
            throw new StartupFailure(
                    INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
                            ? "the sample needs the database %s, which the role %s may not create. Create it: CREATE DATABASE \"%1$s\" OWNER \"%2$s\""
                                    .formatted(database, ledger.username())
                            : "the sample's database %s cannot be created: %s".formatted(database, e.getMessage()),
                    e);
        }
    }

    @Override
    public String tablesOfAnotherVersion() {
        return "the tables in the database at %s were made by another version of this program. Create the database anew, or choose an empty one with spring.datasource.url."
                .formatted(ledger.url());
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(ledger.url(), ledger.username(), ledger.password());
    }

    /** Stops nothing: the server is the user's. */
    @Override
    public void close() {}
}
