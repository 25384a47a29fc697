package io.reliablemessage.spring.internal.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.reliablemessage.spring.ProducerListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The databases with our tables, as they were found last. Thread-safe. */
public final class Stores {

    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

    private final StoreTargets targets;
    private final ProducerListener listener;
    private boolean isFirst = true;
    private volatile Found found = new Found(List.of(), Map.of());

    public Stores(List<DataSource> dataSources, TableNames tables, ProducerListener listener) {
        this.targets = new StoreTargets(dataSources, tables);
        this.listener = listener;
    }

    /** @param byId without ids that two databases have */
    private record Found(List<Store> all, Map<String, Store> byId) {}

    /** All databases, each once; of several DataSources that lead to one, one that can write. */
    public List<Store> all() {
        return found.all();
    }

    /** The store with this id, unless two databases have it. */
    public Optional<Store> byId(String id) {
        return Optional.ofNullable(found.byId().get(id));
    }

    /**
     * Opens each DataSource, within a few seconds. Those that do not answer keep what was found before, and are
     * reported.
     *
     * @throws IllegalStateException the first time, when a database cannot hold the tables or two have the same id
     */
    public synchronized void refresh() {
        var opened = targets.open();
        if (!shared(opened.databases()).isEmpty()) {
            opened = targets.open(); // A server that restarted in between looks like another one.
        }
        opened.failures().forEach(this::report);
        var databases = opened.databases();
        var shared = shared(databases);
        shared.forEach((id, stores) -> report(id, sharedId(id, stores.get(0).tables())));
        found = new Found(databases, unshared(databases, shared));
        isFirst = false;
    }

    /** Stores by ids that more than one database has. */
    private static Map<String, List<Store>> shared(List<Store> databases) {
        var byId = databases.stream().collect(groupingBy(Store::id, LinkedHashMap::new, toList()));
        byId.values().removeIf(stores -> stores.size() == 1);
        return byId;
    }

    private static Map<String, Store> unshared(List<Store> databases, Map<String, List<Store>> shared) {
        var byId = new LinkedHashMap<String, Store>();
        for (var store : databases) {
            if (!shared.containsKey(store.id())) {
                byId.put(store.id(), store);
            }
        }
        return Map.copyOf(byId);
    }

    private static IllegalStateException sharedId(String id, TableNames tables) {
        var remedy = tables.in("UPDATE rm_store SET store_id = '<a new UUID>'");
        return new IllegalStateException(
                "Two databases have the store id " + id + ", so check-backs cannot name one of them. Probably one is a "
                        + "copy of the other; give that one a new id, before it writes a message: " + remedy);
    }

    private void report(String store, Exception cause) {
        if (isFirst && cause instanceof IllegalStateException refusal) {
            throw refusal;
        }
        try {
            listener.storeUnavailable(store, cause);
        } catch (RuntimeException e) {
            LOG.error("A ProducerListener failed", e);
        }
    }
}
