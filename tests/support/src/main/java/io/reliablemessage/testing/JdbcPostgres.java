package io.reliablemessage.testing;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A server known by a URL.
 *
 * @param origin where it came from, such as {@code embedded}
 * @param url of a database that is only connected to for creating others
 */
record JdbcPostgres(String origin, String url, String username, String password) implements PostgresServer {

    @Override
    public Database newDatabase() {
        var name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        try (var connection = DriverManager.getConnection(url, username, password);
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return new Database(name, urlOf(name), username, password);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create a database on " + url, e);
        }
    }

    @Override
    public String description() {
        try (var connection = DriverManager.getConnection(url, username, password)) {
            // Debian's says "15.18 (Debian 15.18-1.pgdg12+1)"
            var version = connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0];
            return "PostgreSQL %s (%s)".formatted(version, origin);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not answer on " + url, e);
        }
    }

    String urlOf(String database) {
        return url.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + database);
    }
}
