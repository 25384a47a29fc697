package io.reliablemessage.service.retention;

import io.reliablemessage.service.platform.database.Ledger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The days that the ledger has partitions for. */
@Component
class DayStore {

    // Any number, the same in every replica.
    private static final String LOCK = "SELECT pg_advisory_xact_lock(7245019630142)";

    private static final String MAKE = """
            SELECT make_day(day::date)
              FROM generate_series((now() AT TIME ZONE 'UTC')::date - :back, (now() AT TIME ZONE 'UTC')::date + :ahead,
                                   interval '1 day') AS day
             WHERE to_regclass('event_' || to_char(day, 'YYYYMMDD')) IS NULL
            """;

    private static final String DAYS = """
            SELECT to_date(right(relid::text, 8), 'YYYYMMDD') AS day
              FROM pg_partition_tree('message')
             WHERE isleaf AND relid <> 'message'::regclass
             ORDER BY day
            """;

    private static final String BYTES = """
            SELECT COALESCE(sum(pg_total_relation_size(relid)), 0)
              FROM unnest(ARRAY['message', 'delivery', 'event']) AS parent, pg_partition_tree(parent::regclass)
            """;

    private static final String RUNWAY = """
            SELECT COALESCE(max(to_date(right(relid::text, 8), 'YYYYMMDD')) - (now() AT TIME ZONE 'UTC')::date, -1)
              FROM pg_partition_tree('message')
             WHERE isleaf AND relid <> 'message'::regclass
            """;

    private final JdbcClient jdbc;
    private final Ledger ledger;

    DayStore(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    /** Makes the missing partitions from some days back to some days ahead. Replicas take turns. */
    int make(int back, int ahead) {
        return ledger.commit(() -> {
            jdbc.sql(LOCK).query((row, number) -> true).list();
            return jdbc.sql(MAKE)
                    .param("back", back)
                    .param("ahead", ahead)
                    .query((row, number) -> true)
                    .list()
                    .size();
        });
    }

    List<LocalDate> days() {
        return jdbc.sql(DAYS).query(LocalDate.class).list();
    }

    long bytes() {
        return jdbc.sql(BYTES).query(Long.class).single();
    }

    /** How long new ids would still find a partition if none were made any more. */
    Duration runway() {
        return Duration.ofDays(jdbc.sql(RUNWAY).query(Integer.class).single());
    }
}
