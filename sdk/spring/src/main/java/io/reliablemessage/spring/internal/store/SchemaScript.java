package io.reliablemessage.spring.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.spring.ProducerListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** The SQL file of a dialect as single statements, with the names of this application's tables. */
final class SchemaScript {

    private static final Pattern COMMENT = Pattern.compile("--.*");
    private static final Pattern STATEMENT_END = Pattern.compile(";");

    // Constraints and indexes stand in the schema of their table and cannot name one.
    private static final Pattern OBJECT = Pattern.compile("\\brm_(outbox|store|inbox)_");

    private SchemaScript() {}

    /** Runs all statements; running them again changes nothing. */
    static void run(Connection connection, Dialect dialect, TableNames tables) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements(read(dialect), tables)) {
                statement.execute(sql);
            }
        }
    }

    static List<String> statements(String script, TableNames tables) {
        var sql = OBJECT.matcher(COMMENT.matcher(script).replaceAll("")).replaceAll(tables.barePrefix() + "$1_");
        return STATEMENT_END
                .splitAsStream(sql)
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .map(tables::in)
                .toList();
    }

    private static String read(Dialect dialect) {
        try (var file = ProducerListener.class.getResourceAsStream(dialect.schema())) {
            if (file == null) {
                throw new IllegalStateException(dialect.schema() + " is missing beside " + ProducerListener.class);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
