package io.reliablemessage.spring;

import static io.reliablemessage.api.CheckbackDecision.COMMITTED;
import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static io.reliablemessage.api.CheckbackDecision.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.spring.CheckCall.Item;
import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.Stores;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckEndpointTest {

    private final CheckedMessages listener = new CheckedMessages();

    @ParameterizedTest
    @EnumSource
    void answersInOrderFromTheDatabaseThatTheMessageNames(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var open = BusinessTransaction.in(store(database))) {
            var store = store(database);
            var committed = BusinessTransaction.committed(store);
            var missing = BusinessTransaction.newId();
            var undecided = BusinessTransaction.newId();
            open.send(undecided);

            var items = ask(
                    endpoint(database),
                    new CheckCall()
                            .about(missing, store.id())
                            .about(undecided, store.id())
                            .about(committed, store.id()));

            assertThat(items)
                    .containsExactly(
                            new Item(missing.toString(), ROLLED_BACK, store.id()),
                            new Item(undecided.toString(), UNKNOWN, null),
                            new Item(committed.toString(), COMMITTED, store.id()));
            assertThat(Rows.state(store, missing)).contains("FENCE");
            assertThat(listener.decisions())
                    .containsExactly(missing + " ROLLED_BACK", undecided + " UNKNOWN", committed + " COMMITTED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aQuestionAboutOneStoreIsNeverAnsweredFromAnother(TestDatabase kind) throws Exception {
        try (var first = kind.newDatabase();
                var second = kind.newDatabase();
                var open = BusinessTransaction.in(store(second))) {
            var id = BusinessTransaction.newId();
            open.send(id);
            var inFirst = BusinessTransaction.committed(store(first));
            var endpoint = endpoint(first, second);

            var items = ask(
                    endpoint,
                    new CheckCall()
                            .about(id, store(second).id())
                            .about(inFirst, store(second).id()));

            assertThat(items)
                    .containsExactly(
                            new Item(id.toString(), UNKNOWN, null),
                            new Item(
                                    inFirst.toString(),
                                    ROLLED_BACK,
                                    store(second).id()));
            assertThat(Rows.state(store(first), id)).isEmpty();
            open.commit();
            assertThat(ask(endpoint, new CheckCall().about(id, store(second).id())))
                    .containsExactly(
                            new Item(id.toString(), COMMITTED, store(second).id()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAKnownStoreEverythingIsUnknownAndNothingIsFenced(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var store = store(database);
            var none = BusinessTransaction.committed(store);
            var unknown = BusinessTransaction.newId();
            var probe = BusinessTransaction.newId();

            var items = ask(
                    endpoint(database),
                    new CheckCall()
                            .about(none, null)
                            .about(unknown, "another")
                            .about(
                                    probe,
                                    "reliable-message.probe",
                                    UUID.randomUUID().toString()));

            assertThat(items).extracting(Item::decision).containsExactly(UNKNOWN, UNKNOWN, UNKNOWN);
            assertThat(items).extracting(Item::store).containsOnlyNulls();
            assertThat(Rows.state(store, unknown)).isEmpty();
            assertThat(Rows.state(store, probe)).isEmpty();
            assertThat(listener.reasons())
                    .containsExactly("the message names no store", "there is no store another"); // not about the probe
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPoolThatReadsUncommittedRowsDoesNotMakeThemCommitted(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var open = BusinessTransaction.in(store(database))) {
            var config = TestDatabase.poolLike(database);
            config.setTransactionIsolation("TRANSACTION_READ_UNCOMMITTED");
            try (var dirty = new HikariDataSource(config)) {
                var id = BusinessTransaction.newId();
                open.send(id);

                var items = ask(
                        endpoint(dirty),
                        new CheckCall().about(id, store(database).id()));

                assertThat(items).containsExactly(new Item(id.toString(), UNKNOWN, null));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatHasAnotherIdByNowIsUnknown(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            var store = store(database);
            var endpoint = endpoint(database);
            var committed = BusinessTransaction.committed(store);
            var missing = BusinessTransaction.newId();
            Rows.run(store, "UPDATE rm_store SET store_id = 'renewed'");

            var items =
                    ask(endpoint, new CheckCall().about(committed, store.id()).about(missing, store.id()));

            assertThat(items).extracting(Item::decision).containsExactly(UNKNOWN, UNKNOWN);
            assertThat(Rows.state(store, missing)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "H2", mode = EnumSource.Mode.EXCLUDE) // runs in this JVM
    void aFrozenDatabaseIsUnknownInTimeAndTakesNoOtherAlong(TestDatabase kind) throws Exception {
        try (var frozen = kind.newDatabase();
                var other = TestDatabase.H2.newDatabase()) {
            var endpoint = endpoint(frozen, other);
            var ids = Stream.generate(BusinessTransaction::newId).limit(10).toList();
            var call = new CheckCall();
            var frozenId = store(frozen).id();
            var otherId = store(other).id();
            ids.forEach(id -> call.about(id, frozenId));
            var missing = BusinessTransaction.newId();
            call.about(missing, otherId);

            try (var freeze = kind.freeze()) {
                for (var round = 0; round < 6; round++) { // more than there are threads
                    var begin = System.nanoTime();
                    var items = ask(endpoint, call);

                    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(4500));
                    assertThat(items.subList(0, 10)).extracting(Item::decision).containsOnly(UNKNOWN);
                    assertThat(items.get(10)).isEqualTo(new Item(missing.toString(), ROLLED_BACK, otherId));
                }
            }
        }
    }

    /** MariaDB waits for such a lock for one second at least. */
    @Test
    void afterTwoThatWaitedTheOthersAreUnknownAtOnce() throws Exception {
        try (var database = TestDatabase.MARIADB.newDatabase();
                var holder = database.getConnection();
                var lock = holder.createStatement()) {
            var store = store(database);
            var committed = BusinessTransaction.committed(store);
            var endpoint = endpoint(database);
            var call = new CheckCall().about(committed, store.id());
            Stream.generate(BusinessTransaction::newId).limit(8).forEach(id -> call.about(id, store.id()));
            lock.execute("LOCK TABLES rm_outbox READ");
            var begin = System.nanoTime();

            var items = ask(endpoint, call);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            assertThat(items.get(0).decision()).isEqualTo(COMMITTED);
            assertThat(items.subList(1, 9)).extracting(Item::decision).containsOnly(UNKNOWN);
            assertThat(listener.reasons())
                    .filteredOn("no time was left"::equals)
                    .hasSize(6);
            lock.execute("UNLOCK TABLES");
        }
    }

    @Test
    void aFifthCheckBackAtATimeIsUnknownAtOnce() throws Exception {
        try (var database = TestDatabase.H2.newDatabase()) {
            var config = TestDatabase.poolLike(database);
            config.setMaximumPoolSize(1);
            try (var one = new HikariDataSource(config)) {
                var store = store(database);
                var endpoint = endpoint(one);
                var threads = Executors.newFixedThreadPool(4);
                try (var holder = one.getConnection()) {
                    var waiting = Stream.generate(BusinessTransaction::newId)
                            .limit(4)
                            .map(id -> threads.submit(() -> ask(endpoint, new CheckCall().about(id, store.id()))))
                            .toList();
                    await().until(() -> one.getHikariPoolMXBean().getThreadsAwaitingConnection() == 4);

                    var items = ask(endpoint, new CheckCall().about(BusinessTransaction.newId(), store.id()));

                    assertThat(items).extracting(Item::decision).containsExactly(UNKNOWN);
                    assertThat(listener.reasons()).containsExactly("4 other check-backs are being answered");
                    for (var answer : waiting) {
                        assertThat(answer.get()).extracting(Item::decision).containsExactly(UNKNOWN);
                    }
                } finally {
                    threads.shutdownNow();
                }
                // as soon as the four have left the pool
                var call = new CheckCall().about(BusinessTransaction.newId(), store.id());
                await().untilAsserted(() -> assertThat(ask(endpoint, call))
                        .extracting(Item::decision)
                        .containsExactly(ROLLED_BACK));
            }
        }
    }

    private CheckEndpoint endpoint(DataSource... databases) {
        var stores = new Stores(List.of(databases), TableNames.DEFAULT, listener);
        stores.refresh();
        return new CheckEndpoint(stores, List.of(CheckCall.SECRET), CheckCall.JSON, listener, Clock.systemUTC());
    }

    private static List<Item> ask(CheckEndpoint endpoint, CheckCall call) {
        var body = call.body();
        var reply = endpoint.answer(CheckCall.headers(Instant.now(), body), body);
        assertThat(reply.status()).isEqualTo(200);
        return CheckCall.items(reply);
    }

    private static Store store(DataSource database) throws SQLException {
        return Store.open(database, TableNames.DEFAULT);
    }
}
