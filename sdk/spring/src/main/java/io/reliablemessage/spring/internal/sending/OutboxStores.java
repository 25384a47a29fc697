package io.reliablemessage.spring.internal.sending;

import io.reliablemessage.spring.internal.outbox.OutboxStore;
import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The statements for the database behind each DataSource; which one that is, is asked once. */
public final class OutboxStores {

    private final TableNames tables;
    private final Map<DataSource, OutboxStore> known = new ConcurrentHashMap<>();

    public OutboxStores(TableNames tables) {
        this.tables = tables;
    }

    OutboxStore of(DataSource dataSource, Connection connection) throws SQLException {
        var store = known.get(dataSource);
        if (store == null) {
            store = new OutboxStore(Dialect.of(connection), tables);
            known.put(dataSource, store);
        }
        return store;
    }
}
