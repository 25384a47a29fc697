package io.reliablemessage.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.TableNames;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxSchemaTest {

    private static final int REPLICAS = 8;

    @ParameterizedTest
    @EnumSource
    void createsTheTablesOnceAndKeepsTheStoreId(TestDatabase kind) throws Exception {
        try (var database = kind.newEmptyDatabase()) {
            OutboxSchema.createIfMissing(database, "rm_");
            var first = Store.open(database, TableNames.DEFAULT).id();

            OutboxSchema.createIfMissing(database, "rm_");

            assertThat(first).hasSize(36);
            assertThat(Store.open(database, TableNames.DEFAULT).id()).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesASchemaAndAPrefix(TestDatabase kind) throws Exception {
        try (var database = kind.newEmptyDatabase()) {
            var schema = kind == TestDatabase.MARIADB ? "other_" + System.nanoTime() : "other";
            execute(database, "CREATE SCHEMA " + schema);

            OutboxSchema.createIfMissing(database, schema + ".rm_store_");
            OutboxSchema.createIfMissing(database, "rm_");

            assertThat(Store.open(database, new TableNames(schema + ".rm_store_"))
                            .id())
                    .isNotEqualTo(Store.open(database, TableNames.DEFAULT).id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void replicasThatStartTogetherCreateOneStore(TestDatabase kind) throws Exception {
        try (var database = kind.newEmptyDatabase()) {
            var ids = new HashSet<String>();
            var start = new CyclicBarrier(REPLICAS);
            Callable<String> replica = () -> {
                start.await();
                OutboxSchema.createIfMissing(database, "rm_");
                return Store.open(database, TableNames.DEFAULT).id();
            };
            var threads = Executors.newFixedThreadPool(REPLICAS);
            try {
                for (var id : threads.invokeAll(
                        IntStream.range(0, REPLICAS).mapToObj(i -> replica).toList())) {
                    ids.add(id.get());
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(ids).hasSize(1);
        }
    }

    @Test
    void refusesATableWithoutTransactions() throws Exception {
        try (var database = TestDatabase.MARIADB.newDatabase()) {
            execute(database, "ALTER TABLE rm_outbox ENGINE = MyISAM");

            assertThatThrownBy(() -> OutboxSchema.createIfMissing(database, "rm_"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("rm_outbox has the engine MyISAM")
                    .hasMessageContaining("ALTER TABLE rm_outbox ENGINE = InnoDB");
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverAltersWhatIsThere(TestDatabase kind) throws Exception {
        try (var database = kind.newEmptyDatabase()) {
            execute(database, "CREATE TABLE rm_outbox (mine INTEGER)");

            assertThatThrownBy(() -> OutboxSchema.createIfMissing(database, "rm_"))
                    .isInstanceOf(Exception.class);

            execute(database, "INSERT INTO rm_outbox (mine) VALUES (1)");
        }
    }

    private static void execute(DataSource database, String sql) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
