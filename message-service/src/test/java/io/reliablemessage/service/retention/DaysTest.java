package io.reliablemessage.service.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class DaysTest {

    private static final List<String> TABLES = List.of("message", "delivery", "event");

    @Test
    void aWeekBackAndEightDaysAheadAreThereBeforeTheFirstCall() {
        var service = Service.shared();

        var days = Partitions.days(service);

        assertThat(days)
                .startsWith(today(service).minusDays(7))
                .endsWith(today(service).plusDays(8))
                .hasSize(16);
        assertThat(TABLES)
                .allSatisfy(table -> assertThat(partitionsOf(service, table)).isEqualTo(16));
        assertThat(service.bean(DayStore.class).runway()).isEqualTo(Duration.ofDays(8));
    }

    @Test
    void missingDaysAreMadeOnceByManyReplicasWhileMessagesCome() {
        try (var service = Service.start(Map.of())) {
            var route = service.newRoute();
            var lost = today(service).plusDays(8);
            TABLES.forEach(table -> service.jdbc()
                    .sql("DROP TABLE %s_%s".formatted(table, lost.toString().replace("-", "")))
                    .update());
            assertThat(Partitions.days(service)).doesNotContain(lost);

            Parallel.both(
                    () -> Parallel.times(4, () -> service.bean(DayStore.class).make(7, DayKeeper.AHEAD)),
                    () -> Parallel.times(16, route::confirmed));

            assertThat(Partitions.days(service)).contains(lost).hasSize(16);
        }
    }

    @Test
    void aPartitionHasItsParentsConstraintsAndIndexesAndComesEarlyToAutovacuum() {
        var service = Service.shared();
        var partition = "message_" + today(service).toString().replace("-", "");

        var constraints = service.jdbc()
                .sql("SELECT conname FROM pg_constraint WHERE conrelid = :table::regclass AND contype = 'c'")
                .param("table", partition)
                .query(String.class)
                .list();
        var options = service.jdbc()
                .sql("SELECT unnest(reloptions) FROM pg_class WHERE oid = :table::regclass")
                .param("table", partition)
                .query(String.class)
                .list();

        assertThat(constraints).contains("message_state_known", "message_check_due_iff_pending");
        assertThat(options).contains("fillfactor=75", "autovacuum_vacuum_scale_factor=0.05");
        assertThat(service.jdbc()
                        .sql("SELECT indrelid::regclass::text, count(*)::int AS indexes FROM pg_index"
                                + " WHERE indrelid IN (:table::regclass, 'message'::regclass) GROUP BY indrelid")
                        .param("table", partition)
                        .query((row, number) -> row.getInt("indexes"))
                        .list())
                .hasSize(2)
                .containsOnly(5);
    }

    @Test
    void aLookUpTouchesOneDay() {
        var service = Service.shared();
        var id = service.newRoute().pending();

        var plan = service.jdbc()
                .sql("EXPLAIN SELECT * FROM message WHERE id = '%s'".formatted(id))
                .query(String.class)
                .list();

        assertThat(plan.toString())
                .contains("message_" + today(service).toString().replace("-", ""));
        assertThat(plan.toString()).doesNotContain("Append");
    }

    @Test
    void sizeAndRunwayAreExported() {
        var scraped = Service.shared()
                .as(Key.WORKER)
                .get("/actuator/prometheus")
                .is(200)
                .body()
                .asString();

        assertThat(scraped)
                .contains("reliable_message_ledger_runway_seconds{application=\"message-service\"} 691200.0")
                .containsPattern("reliable_message_ledger_oldest_seconds\\{application=\"message-service\"} [1-9]")
                .contains("reliable_message_ledger_oldest_live_seconds")
                .contains("reliable_message_overdue_seconds{application=\"message-service\",worker=\"redelivery\"}")
                .containsPattern("reliable_message_ledger_size_bytes\\{application=\"message-service\"} [1-9]");
    }

    private static LocalDate today(Service service) {
        return service.jdbc()
                .sql("SELECT now()")
                .query(java.time.OffsetDateTime.class)
                .single()
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDate();
    }

    private static int partitionsOf(Service service, String table) {
        return service.jdbc()
                .sql("SELECT count(*) FROM pg_inherits WHERE inhparent = :table::regclass")
                .param("table", table)
                .query(Integer.class)
                .single();
    }
}
