package io.reliablemessage.spring.internal.store;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Finds the DataSources to which routing ones may lead. */
final class Targets {

    private Targets() {}

    /** Each once, in order. */
    static List<DataSource> of(List<DataSource> dataSources) {
        Set<DataSource> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Collection<DataSource> found = new LinkedHashSet<>();
        dataSources.forEach(dataSource -> collect(dataSource, seen, found));
        return List.copyOf(found);
    }

    private static void collect(DataSource dataSource, Set<DataSource> seen, Collection<DataSource> found) {
        if (!seen.add(dataSource)) {
            return;
        }
        var routing = routing(dataSource);
        if (routing.isEmpty()) {
            found.add(dataSource);
            return;
        }
        // First, since it most often is the primary.
        var standard = routing.get().getResolvedDefaultDataSource();
        if (standard != null) {
            collect(standard, seen, found);
        }
        routing.get().getResolvedDataSources().values().forEach(target -> collect(target, seen, found));
    }

    /** Looks through proxies, which are kept where nothing routes behind them: they may add credentials. */
    private static Optional<AbstractRoutingDataSource> routing(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(AbstractRoutingDataSource.class)
                    ? Optional.of(dataSource.unwrap(AbstractRoutingDataSource.class))
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
