package io.reliablemessage.spring;

import io.reliablemessage.spring.internal.store.Store;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Looks at a store's rows, and changes them, as no code of ours would. */
public final class Rows {

    private Rows() {}

    /** Empty: no committed row has this id. */
    public static Optional<String> state(Store store, UUID id) throws SQLException {
        try (var connection = store.dataSource().getConnection();
                var statement = connection.prepareStatement("SELECT state FROM rm_outbox WHERE message_id = ?")) {
            statement.setObject(1, store.dialect().id(id));
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** Runs a statement; each UUID becomes an id as the database takes it. */
    public static int run(Store store, String sql, Object... values) throws SQLException {
        try (var connection = store.dataSource().getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                statement.setObject(
                        i + 1, values[i] instanceof UUID id ? store.dialect().id(id) : values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
