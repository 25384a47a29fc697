package io.reliablemessage.spring.internal.store;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Statements with a bound on their time, and lists of ids in them. */
public final class Statements {

    private static final int TIMEOUT_SECONDS = 3;
    // Few texts, so that few plans are kept.
    private static final int[] SIZES = {1, 10, 100, 500};

    private Statements() {}

    /** A statement that ends after three seconds. */
    public static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** The number of parameters for a list, at least as many as it has items; one or more, at most 500. */
    public static int size(List<?> items) {
        for (var size : SIZES) {
            if (items.size() <= size) {
                return size;
            }
        }
        throw new IllegalArgumentException(items.size() + " items, but at most 500 go into a statement");
    }

    /** {@code ?, ?, …} */
    public static String parameters(List<?> items) {
        return IntStream.range(0, size(items)).mapToObj(i -> "?").collect(joining(", "));
    }

    /** Binds ids from this index on, the last one again up to {@link #size}; returns the next index. */
    public static int bindIds(PreparedStatement statement, int from, Dialect dialect, List<UUID> ids)
            throws SQLException {
        var size = size(ids);
        for (var i = 0; i < size; i++) {
            statement.setObject(from + i, dialect.id(ids.get(Math.min(i, ids.size() - 1))));
        }
        return from + size;
    }

    /** The same with numbers. */
    public static int bindNumbers(PreparedStatement statement, int from, List<Long> numbers) throws SQLException {
        var size = size(numbers);
        for (var i = 0; i < size; i++) {
            statement.setLong(from + i, numbers.get(Math.min(i, numbers.size() - 1)));
        }
        return from + size;
    }
}
