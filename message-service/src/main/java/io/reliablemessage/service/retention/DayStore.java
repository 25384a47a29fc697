package io.reliablemessage.service.retention;

import io.reliablemessage.service.model.AdvisoryLock;
import io.reliablemessage.service.platform.database.ForEffect;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.database.SqlState;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The days that the ledger has partitions for. */
@Component
class DayStore {

    private static final String LOCK = "SELECT pg_advisory_xact_lock(:lock)";

    private static final String MAKE = """
            SELECT make_day(day::date)
              FROM generate_series((now() AT TIME ZONE 'UTC')::date - :back, (now() AT TIME ZONE 'UTC')::date + :ahead,
                                   interval '1 day') AS day
             WHERE to_regclass('event_' || to_char(day, 'YYYYMMDD')) IS NULL
            """;

    private static final String OLDER_THAN = """
            SELECT day
              FROM (SELECT to_date(right(relid::text, 8), 'YYYYMMDD') AS day
                      FROM pg_partition_tree('message')
                     WHERE isleaf AND relid <> 'message'::regclass) days
             WHERE (day + 1)::timestamp AT TIME ZONE 'UTC' <= now() - :keep * interval '1 ms'
             ORDER BY day
            """;

    private static final String IS_LIVE = "SELECT is_live(:day)";

    // Bounds the wait for each lock, and all of the statement: everybody waits behind it.
    private static final String BE_SHORT = """
            SELECT set_config('lock_timeout', '200ms', true), set_config('statement_timeout', '300ms', true)
            """;

    private static final String DROP = "SELECT CASE WHEN pg_try_advisory_xact_lock(:lock) THEN drop_day(:day) END";

    private static final String AGES = """
            SELECT extract(EPOCH FROM now() - min(day)::timestamp AT TIME ZONE 'UTC') AS oldest,
                   extract(EPOCH FROM now() - min(day) FILTER (WHERE is_live(day))::timestamp AT TIME ZONE 'UTC') AS oldest_live
              FROM (SELECT to_date(right(relid::text, 8), 'YYYYMMDD') AS day
                      FROM pg_partition_tree('message')
                     WHERE isleaf AND relid <> 'message'::regclass) days
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

    // A lock that was not to be had, a statement that took too long, a deadlock with those who lock in another order.
    private static final Set<String> TOO_LONG = Set.of("55P03", "57014", "40P01");

    private static final Duration MAX_TURN = Duration.ofSeconds(20); // several replicas start together

    private final JdbcClient jdbc;
    private final LedgerTransactions ledger;

    DayStore(JdbcClient jdbc, LedgerTransactions ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    /** Creates the missing partitions from some days back to some days ahead. Replicas take turns. */
    int make(int back, int ahead) {
        return ledger.commit(MAX_TURN, () -> {
            ForEffect.run(jdbc.sql(LOCK).param("lock", AdvisoryLock.DAYS.number()));
            return jdbc.sql(MAKE)
                    .param("back", back)
                    .param("ahead", ahead)
                    .query((row, number) -> true)
                    .list()
                    .size();
        });
    }

    /** The days that ended that long ago. */
    List<LocalDate> olderThan(Duration age) {
        return jdbc.sql(OLDER_THAN)
                .param("keep", age.toMillis())
                .query(LocalDate.class)
                .list();
    }

    /** Whether a day has undecided messages, or open or dead deliveries. */
    boolean isLive(LocalDate day) {
        return jdbc.sql(IS_LIVE).param("day", day).query(Boolean.class).single();
    }

    /** The result of dropping a day. */
    enum Drop {
        DROPPED,
        /** It has live messages. */
        KEPT,
        /** It is in use, so that others would wait too long, or another replica drops it. */
        BUSY
    }

    /** Drops a day's partitions together, unless it has live messages; delays others by a third of a second at most. */
    Drop drop(LocalDate day) {
        try {
            return ledger.commit(() -> {
                ForEffect.run(jdbc.sql(BE_SHORT));
                return jdbc.sql(DROP)
                        .param("lock", AdvisoryLock.DAYS.number())
                        .param("day", day)
                        .query(Boolean.class)
                        .optional()
                        .map(isDropped -> isDropped ? Drop.DROPPED : Drop.KEPT)
                        .orElse(Drop.BUSY);
            });
        } catch (DataAccessException failed) {
            if (TOO_LONG.contains(SqlState.of(failed).code())) {
                return Drop.BUSY;
            }
            throw failed;
        }
    }

    /** The age of the oldest day, and of the oldest with live messages; zero: there is none. */
    Ages ages() {
        return jdbc.sql(AGES)
                .query((row, number) ->
                        new Ages(Duration.ofSeconds((long) row.getDouble("oldest")), Duration.ofSeconds((long)
                                row.getDouble("oldest_live"))))
                .single();
    }

    record Ages(Duration oldest, Duration oldestLive) {}

    long bytes() {
        return jdbc.sql(BYTES).query(Long.class).single();
    }

    /** How long new ids would still find a partition if no more were created. */
    Duration runway() {
        return Duration.ofDays(jdbc.sql(RUNWAY).query(Integer.class).single());
    }
}
