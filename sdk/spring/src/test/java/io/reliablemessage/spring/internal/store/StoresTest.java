package io.reliablemessage.spring.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.spring.OutboxSchema;
import io.reliablemessage.spring.ProducerListener;
import io.reliablemessage.spring.Rows;
import io.reliablemessage.spring.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

class StoresTest {

    private final List<String> unavailable = new ArrayList<>();

    private final ProducerListener listener = new ProducerListener() {
        @Override
        public void storeUnavailable(String store, Exception cause) {
            unavailable.add(store + ": " + cause.getMessage());
        }
    };

    @ParameterizedTest
    @EnumSource
    void findsEachTargetOfARoutingDataSourceBehindAProxy(TestDatabase kind) throws Exception {
        try (var first = kind.newDatabase();
                var second = kind.newDatabase()) {
            var stores = refreshed(new LazyConnectionDataSourceProxy(routing(first, second)));

            assertThat(stores.all()).extracting(Store::dataSource).containsExactly(first, second);
            assertThat(stores.byId(id(second)).orElseThrow().dataSource()).isSameAs(second);
            assertThat(stores.byId("another")).isEmpty();
            assertThat(unavailable).isEmpty();
        }
    }

    private static AbstractRoutingDataSource routing(DataSource first, DataSource second) {
        var routing = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                throw new IllegalStateException("no key outside of the application's calls");
            }
        };
        routing.setDefaultTargetDataSource(first);
        routing.setTargetDataSources(Map.of("first", first, "second", second));
        routing.afterPropertiesSet();
        return routing;
    }

    @ParameterizedTest
    @EnumSource
    void twoPoolsOfOneDatabaseAreOneStore(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var second = new HikariDataSource(TestDatabase.poolLike(database))) {
            var stores = refreshed(database, second);

            assertThat(stores.all()).extracting(Store::dataSource).containsExactly(database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "H2", mode = EnumSource.Mode.EXCLUDE) // has no read-only connections
    void aPoolThatCanWriteIsPreferred(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var config = TestDatabase.poolLike(database);
            config.setReadOnly(true);
            try (var readOnly = new HikariDataSource(config)) {
                assertThat(refreshed(readOnly, database).all())
                        .extracting(Store::dataSource)
                        .containsExactly(database);
                assertThat(refreshed(readOnly).all())
                        .extracting(Store::dataSource)
                        .containsExactly(readOnly);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoDatabasesWithOneIdAreRefusedAtTheStart(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var copy = kind.newDatabase()) {
            giveId(copy, id(database));

            assertThatThrownBy(() -> refreshed(database, copy))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(id(database))
                    .hasMessageContaining("UPDATE rm_store SET store_id");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdThatTwoDatabasesGotLaterNamesNoneButBothAreSwept(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var copy = kind.newDatabase()) {
            var stores = refreshed(database, copy);
            giveId(copy, id(database));

            stores.refresh();

            assertThat(stores.byId(id(database))).isEmpty();
            assertThat(stores.all()).extracting(Store::dataSource).containsExactly(database, copy);
            assertThat(unavailable).singleElement().asString().contains("Two databases have the store id");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseWithoutTablesIsReportedAndFoundWhenItHasThem(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var empty = kind.newEmptyDatabase()) {
            var stores = refreshed(empty, database);
            assertThat(stores.all()).extracting(Store::dataSource).containsExactly(database);
            assertThat(unavailable).singleElement().asString().startsWith("behind DataSource 1 of 2: ");

            OutboxSchema.createIfMissing(empty, "rm_");
            stores.refresh();

            assertThat(stores.all()).extracting(Store::dataSource).containsExactly(empty, database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "H2", mode = EnumSource.Mode.EXCLUDE) // runs in this JVM
    void aDatabaseThatHangsKeepsItsStore(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var other = TestDatabase.H2.newDatabase()) {
            var stores = refreshed(database, other);
            var before = stores.all();
            var begin = System.nanoTime();

            try (var frozen = kind.freeze()) {
                stores.refresh();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(7));
            assertThat(stores.all()).isEqualTo(before);
            assertThat(unavailable)
                    .singleElement()
                    .asString()
                    .startsWith(before.get(0).id());
        }
    }

    @Test
    void aTableWithoutTransactionsIsRefusedAtTheStart() throws Exception {
        try (var database = TestDatabase.MARIADB.newDatabase()) {
            Rows.run(Store.open(database, TableNames.DEFAULT), "ALTER TABLE rm_store ENGINE = Aria");

            assertThatThrownBy(() -> refreshed(database))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("rm_store has the engine Aria");
        }
    }

    private Stores refreshed(DataSource... dataSources) {
        var stores = new Stores(List.of(dataSources), TableNames.DEFAULT, listener);
        stores.refresh();
        return stores;
    }

    private static String id(DataSource database) throws SQLException {
        return Store.open(database, TableNames.DEFAULT).id();
    }

    private static void giveId(DataSource database, String id) throws SQLException {
        Rows.run(Store.open(database, TableNames.DEFAULT), "UPDATE rm_store SET store_id = ?", id);
    }
}
