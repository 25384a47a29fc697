package io.reliablemessage.spring.internal.settling;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.client.MessageIds;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.outbox.OutboxStore;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes rows as an application does, moves their times, and reads what became of them. */
final class OutboxRows {

    static final String TOPIC = "order.placed";

    private final Store store;
    private final OutboxStore outbox;

    OutboxRows(Store store) {
        this.store = store;
        this.outbox = new OutboxStore(store.dialect(), store.tables());
    }

    static OutboxRow row() {
        return row(UUID.fromString(MessageIds.next()));
    }

    static OutboxRow row(UUID id) {
        return row(id, TOPIC, "{\"total\":42}");
    }

    static OutboxRow row(UUID id, String topic, String payload) {
        return new OutboxRow(
                id, topic, "42", payload.getBytes(UTF_8), null, null, "{\"tenant\":\"7\"}", null, null, null, null);
    }

    static List<OutboxRow> rows(int count) {
        return Stream.generate(OutboxRows::row).limit(count).toList();
    }

    static List<UUID> ids(List<OutboxRow> rows) {
        return rows.stream().map(OutboxRow::id).toList();
    }

    List<OutboxRow> commit(List<OutboxRow> rows) throws SQLException {
        return store.inTransaction(connection -> insert(connection, rows));
    }

    OutboxRow commit(OutboxRow row) throws SQLException {
        return commit(List.of(row)).get(0);
    }

    List<OutboxRow> insert(Connection connection, List<OutboxRow> rows) throws SQLException {
        for (var row : rows) {
            outbox.insert(connection, row);
        }
        return rows;
    }

    /** As if the time for them had come. */
    void makeDue() throws SQLException {
        run("UPDATE rm_outbox SET next_at = " + store.dialect().fromNow("-1000"));
    }

    /** As if they had been settled so long ago. */
    void settle(String state, Duration ago, List<OutboxRow> rows) throws SQLException {
        var at = store.dialect().fromNow(Long.toString(-ago.toMillis()));
        for (var row : rows) {
            var sql = "UPDATE rm_outbox SET state = '%s', settled_at = %s, refusal = %s WHERE message_id = ?"
                    .formatted(state, at, state.equals("REFUSED") ? "'no'" : "NULL");
            store.inTransaction(connection -> {
                try (var statement = connection.prepareStatement(sql)) {
                    statement.setObject(1, store.dialect().id(row.id()));
                    return statement.executeUpdate();
                }
            });
        }
    }

    void run(String sql) throws SQLException {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    @Nullable
    String state(OutboxRow row) throws SQLException {
        return one("SELECT state FROM rm_outbox WHERE message_id = ?", row.id());
    }

    @Nullable
    String refusal(OutboxRow row) throws SQLException {
        return one("SELECT refusal FROM rm_outbox WHERE message_id = ?", row.id());
    }

    List<String> states() throws SQLException {
        return all("SELECT state FROM rm_outbox ORDER BY seq");
    }

    int withPayload() throws SQLException {
        return all("SELECT state FROM rm_outbox WHERE payload IS NOT NULL OR headers IS NOT NULL")
                .size();
    }

    @Nullable
    String epoch() throws SQLException {
        return all("SELECT COALESCE(epoch, '-') FROM rm_store").get(0);
    }

    @Nullable
    UUID cleanedTo() throws SQLException {
        return store.inTransaction(connection -> {
                    try (var statement = connection.createStatement();
                            var row = statement.executeQuery("SELECT cleaned_to FROM rm_store")) {
                        row.next();
                        return Optional.ofNullable(store.dialect().readId(row, "cleaned_to"));
                    }
                })
                .orElse(null);
    }

    private List<String> all(String sql) throws SQLException {
        return store.inTransaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                var found = new ArrayList<String>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        });
    }

    private @Nullable String one(String sql, UUID id) throws SQLException {
        return store.inTransaction(connection -> {
                    try (var statement = connection.prepareStatement(sql)) {
                        statement.setObject(1, store.dialect().id(id));
                        try (var row = statement.executeQuery()) {
                            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.<String>empty();
                        }
                    }
                })
                .orElse(null);
    }
}
