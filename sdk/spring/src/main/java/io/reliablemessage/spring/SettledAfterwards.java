package io.reliablemessage.spring;

import io.reliablemessage.spring.internal.sending.Completion;
import io.reliablemessage.spring.internal.settling.Settling;
import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.Stores;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Hands completed transactions over to the threads that settle their messages. */
record SettledAfterwards(Settling settling, Stores stores) implements Completion {

    @Override
    public void committed(DataSource dataSource, @Nullable String store, List<UUID> prepared, List<UUID> others) {
        var id = store == null ? idOf(dataSource) : store;
        if (id != null) { // else the sweep finds the rows
            settling.committed(id, prepared, others);
        }
    }

    @Override
    public void rolledBack(String store, List<UUID> maybePrepared) {
        settling.rolledBack(store, maybePrepared);
    }

    private @Nullable String idOf(DataSource dataSource) {
        return stores.all().stream()
                .filter(store -> store.dataSource() == dataSource)
                .map(Store::id)
                .findFirst()
                .orElse(null);
    }
}
