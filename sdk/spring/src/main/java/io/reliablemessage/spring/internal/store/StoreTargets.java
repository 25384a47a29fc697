package io.reliablemessage.spring.internal.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.sql.SQLException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Opens DataSources, all at the same time, and remembers what was behind each. */
final class StoreTargets {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final StoreCalls calls = new StoreCalls("reliable-message-stores-");
    private final List<DataSource> dataSources;
    private final TableNames tables;
    private Map<DataSource, StoreTarget> known = new IdentityHashMap<>();

    StoreTargets(List<DataSource> dataSources, TableNames tables) {
        this.dataSources = List.copyOf(dataSources);
        this.tables = tables;
    }

    /**
     * What was found.
     *
     * @param databases each once; those that did not answer as they were found before
     * @param failures by the store's id or, while it is unknown, the DataSource's number
     */
    record Opened(List<Store> databases, Map<String, Exception> failures) {}

    Opened open() {
        var current = Targets.of(dataSources);
        var opening = current.stream()
                .map(dataSource -> calls.start(dataSource, () -> StoreTarget.open(dataSource, tables)))
                .toList();
        var end = System.nanoTime() + LIMIT.toNanos();
        var found = new IdentityHashMap<DataSource, StoreTarget>();
        var failures = new LinkedHashMap<String, Exception>();
        for (var i = 0; i < current.size(); i++) {
            var before = known.get(current.get(i));
            try {
                var left = Duration.ofNanos(end - System.nanoTime());
                found.put(current.get(i), StoreCalls.await(opening.get(i), left));
            } catch (SQLException | RuntimeException e) {
                var position = "behind DataSource %d of %d".formatted(i + 1, current.size());
                failures.put(before == null ? position : before.store().id(), e);
                if (before != null) {
                    found.put(current.get(i), before);
                }
            }
        }
        known = found;
        return new Opened(
                databases(current.stream()
                        .map(found::get)
                        .filter(Objects::nonNull)
                        .toList()),
                failures);
    }

    /** Each database once. What cannot be written counts as a replica, if there is anything with its id that can. */
    private static List<Store> databases(List<StoreTarget> found) {
        var byId = found.stream().collect(groupingBy(target -> target.store().id(), LinkedHashMap::new, toList()));
        return byId.values().stream().flatMap(StoreTargets::distinct).toList();
    }

    private static Stream<Store> distinct(List<StoreTarget> sameId) {
        var databases = new LinkedHashMap<String, Store>();
        sameId.stream()
                .filter(StoreTarget::isWritable)
                .forEach(target -> databases.putIfAbsent(target.database(), target.store()));
        return databases.isEmpty() ? Stream.of(sameId.get(0).store()) : databases.values().stream();
    }
}
