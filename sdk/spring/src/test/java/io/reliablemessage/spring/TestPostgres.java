package io.reliablemessage.spring;

import io.reliablemessage.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The PostgreSQL of this JVM; ends with it. */
final class TestPostgres {

    private static final EmbeddedPostgres SERVER =
            EmbeddedPostgres.temporary(List.of("fsync=off", "max_connections=300", "shared_buffers=64MB"));

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    static TestDatabase.Address newDatabase() {
        var name = "test_" + DATABASES.incrementAndGet();
        SERVER.createDatabase(name);
        return new TestDatabase.Address(SERVER.url(name), SERVER.username(), SERVER.password());
    }

    /** On a server of its own, which writes to disk as an installed one does. */
    static TestDatabase.Address newDurableDatabase() {
        var server = EmbeddedPostgres.temporary(List.of("max_connections=100", "shared_buffers=256MB"));
        server.createDatabase("durable");
        return new TestDatabase.Address(server.url("durable"), server.username(), server.password());
    }

    /** The postmaster. */
    static long pid() {
        try (var connection =
                        DriverManager.getConnection(SERVER.url("postgres"), SERVER.username(), SERVER.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            return Long.parseLong(Files.readAllLines(Path.of(row.getString(1), "postmaster.pid"))
                    .get(0));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
