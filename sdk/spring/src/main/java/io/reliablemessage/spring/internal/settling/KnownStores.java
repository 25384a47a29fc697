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

    @Nullable
    Store byId(String id) {
        return stores.get().stream()
                .filter(store -> store.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
