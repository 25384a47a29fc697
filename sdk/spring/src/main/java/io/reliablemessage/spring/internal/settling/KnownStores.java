package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.spring.internal.store.Store;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The stores that are known now; they come and go. */
final class KnownStores {

    private final Supplier<List<Store>> stores;

    KnownStores(Supplier<List<Store>> stores) {
        this.stores = stores;
    }

    List<Store> all() {
        return stores.get();
    }

    /** Null: it is not known, or two databases have this id; a fence in the wrong one would cancel what is committed. */
    @Nullable
    Store byId(String id) {
        var found = all().stream().filter(store -> store.id().equals(id)).toList();
        return found.size() == 1 ? found.get(0) : null;
    }
}
