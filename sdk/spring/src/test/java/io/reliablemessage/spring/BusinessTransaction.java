package io.reliablemessage.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.client.MessageIds;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.outbox.OutboxStore;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** A transaction of an application on a connection of its own; rolled back unless it is committed. */
public final class BusinessTransaction implements AutoCloseable {

    private final Connection connection;
    private final Store store;

    private BusinessTransaction(Connection connection, Store store) {
        this.connection = connection;
        this.store = store;
    }

    public static UUID newId() {
        return UUID.fromString(MessageIds.next());
    }

    public static BusinessTransaction in(Store store) throws SQLException {
        var connection = store.dataSource().getConnection();
        connection.setAutoCommit(false);
        return new BusinessTransaction(connection, store);
    }

    /** A message that was sent in a transaction which committed. */
    public static UUID committed(Store store) throws SQLException {
        var id = newId();
        try (var transaction = in(store)) {
            transaction.send(id);
            transaction.commit();
        }
        return id;
    }

    public void send(UUID id) throws SQLException {
        var payload = "{}".getBytes(UTF_8);
        var row = new OutboxRow(id, "order.placed", "A-1", payload, null, null, null, null, null, null, null);
        new OutboxStore(store.dialect(), store.tables()).insert(connection, row);
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    public void rollBack() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
