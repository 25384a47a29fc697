package io.reliablemessage.spring.internal.check;

import io.reliablemessage.spring.internal.store.Statements;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Reads which messages are committed. The others may still be open. */
final class CommittedRows {

    private static final int MAX_IDS = 500;

    private static final String READ = """
            SELECT o.message_id
              FROM rm_outbox o
             WHERE o.message_id IN (%s)
               AND o.state IN ('WAITING', 'SENT', 'REFUSED')
               AND EXISTS (SELECT 1 FROM rm_store s WHERE s.store_id = ?) -- may have got another id
            """;

    private CommittedRows() {}

    static Set<UUID> read(Store store, List<UUID> ids) throws SQLException {
        return store.inTransaction(connection -> {
            var found = new HashSet<UUID>();
            for (var from = 0; from < ids.size(); from += MAX_IDS) {
                found.addAll(read(connection, store, ids.subList(from, Math.min(from + MAX_IDS, ids.size()))));
            }
            return found;
        });
    }

    private static List<UUID> read(Connection connection, Store store, List<UUID> ids) throws SQLException {
        var sql = store.tables().in(READ.formatted(Statements.parameters(ids)));
        try (var statement = Statements.prepare(connection, sql)) {
            statement.setString(Statements.bindIds(statement, 1, store.dialect(), ids), store.id());
            return readIds(statement, store);
        }
    }

    private static List<UUID> readIds(PreparedStatement statement, Store store) throws SQLException {
        try (var row = statement.executeQuery()) {
            var found = new ArrayList<UUID>();
            while (row.next()) {
                var id = store.dialect().readId(row, "message_id");
                if (id != null) {
                    found.add(id);
                }
            }
            return found;
        }
    }
}
