package io.reliablemessage.benchmarks.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Fills a ledger with a month of messages, in SQL, several days at once. What is in it say the
 * scripts beside this class.
 */
final class Month {

    static final int DAYS = 30;

    private static final int AT_ONCE = 2;

    private final Connections connections;
    private final long messages;

    Month(Connections connections, long messages) {
        this.connections = connections;
        this.messages = messages;
    }

    void fill() throws SQLException, InterruptedException {
        run(script("registry.sql"));
        var day = script("day.sql");
        inParallel(day);
        run(script("rest.sql"));
        run("VACUUM ANALYZE");
    }

    private void inParallel(String day) throws InterruptedException {
        var days = new ArrayList<Callable<Boolean>>();
        for (var back = DAYS - 1; back >= 0; back--) {
            var sql = day.replace(":back", Integer.toString(back));
            days.add(() -> run(sql));
        }
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var filled : threads.invokeAll(days)) {
                filled.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("The ledger could not be filled", failed.getCause());
        }
    }

    private boolean run(String sql) throws SQLException {
        try (var connection = connections.open();
                var statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off"); // a benchmark's data need not survive
            for (var one : statements(sql)) {
                statement.execute(one);
            }
            return true;
        }
    }

    private static List<String> statements(String sql) {
        return List.of(sql.split(";\\s*\n", -1)).stream()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private String script(String name) {
        try (var text = Objects.requireNonNull(Month.class.getResourceAsStream(name), name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(":messages", Long.toString(messages))
                    .replace(":days", Integer.toString(DAYS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
