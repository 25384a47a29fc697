package io.reliablemessage.service.admin.cause;

import io.reliablemessage.service.model.AdvisoryLock;
import io.reliablemessage.service.platform.database.ForEffect;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.schedule.Hourly;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Counts dead and rejected deliveries by cause. The trigger {@code delivery_cause} records each delivery that enters or
 * leaves these states, in the transaction of the step and without waiting; here one replica at a time folds these
 * changes into the counts.
 */
@Component
public class CauseCounts {

    private static final Logger log = LoggerFactory.getLogger(CauseCounts.class);

    private static final String IS_CHANGED = "SELECT EXISTS (SELECT FROM cause_change)";

    // A statement of its own: what follows has to see what was folded by whoever was waited for.
    private static final String TAKE_TURN = """
            SELECT set_config('lock_timeout', '1s', true), pg_advisory_xact_lock(:lock)
            """;

    // Of one delivery, what it died of is taken before that it left: it was there before.
    private static final String FOLD = """
            -- 1. take the oldest changes, and add them up
            WITH change AS (
                DELETE FROM cause_change
                 WHERE id <= (SELECT max(id) FROM (SELECT id FROM cause_change ORDER BY id LIMIT 10000) page)
                RETURNING *
            ), sum_of_cause AS MATERIALIZED (
                SELECT cause_id, sum(standing) AS standing, sum(again) AS again FROM change GROUP BY cause_id
            ), ended AS MATERIALIZED (
                SELECT cause_id, min(subscription) AS subscription, min(kind) AS kind, min(fingerprint) AS fingerprint,
                       (array_agg(sample ORDER BY id DESC))[1] AS sample, min(at) AS first_at, max(at) AS last_at
                  FROM change
                 WHERE fingerprint IS NOT NULL
                 GROUP BY cause_id
            ),
            -- 2. causes: those that something ended of, and those that were only left
            known AS (
                INSERT INTO cause AS c (id, subscription, kind, fingerprint, topic, sample, first_at, last_at, standing, again)
                SELECT e.cause_id, e.subscription, e.kind, e.fingerprint, sub.topic, e.sample, e.first_at, e.last_at,
                       s.standing, s.again
                  FROM ended e
                  JOIN sum_of_cause s ON s.cause_id = e.cause_id
                  JOIN subscription sub ON sub.name = e.subscription
                    ON CONFLICT (id) DO UPDATE
                   SET sample = excluded.sample, last_at = GREATEST(c.last_at, excluded.last_at),
                       standing = c.standing + excluded.standing, again = c.again + excluded.again
            ), reduced AS (
                UPDATE cause c
                   SET standing = c.standing + s.standing, again = c.again + s.again
                  FROM sum_of_cause s
                 WHERE c.id = s.cause_id AND NOT EXISTS (SELECT FROM ended e WHERE e.cause_id = s.cause_id)
            ),
            -- 3. the counts of the days and of the trend
            day AS (
                INSERT INTO cause_day AS d (cause_id, message_day, standing, again)
                SELECT cause_id, message_day, sum(standing), sum(again) FROM change GROUP BY cause_id, message_day
                    ON CONFLICT (cause_id, message_day) DO UPDATE
                   SET standing = d.standing + excluded.standing, again = d.again + excluded.again
            ), trend AS (
                INSERT INTO cause_trend AS t (cause_id, minutes, at, died)
                SELECT cause_id, minutes, to_timestamp(floor(extract(EPOCH FROM at) / (60 * minutes)) * 60 * minutes), count(*)
                  FROM change, (VALUES (5), (60)) AS resolution (minutes)
                 WHERE fingerprint IS NOT NULL
                 GROUP BY 1, 2, 3
                    ON CONFLICT (cause_id, minutes, at) DO UPDATE SET died = t.died + excluded.died
            )
            -- 4. answer
            SELECT count(*) FROM change
            """;

    // A cause that nothing stands of is remembered for as long as days are, by default; what was said about it, too.
    private static final String FORGET = """
            WITH days AS (
                DELETE FROM cause_day WHERE standing = 0 AND again = 0
            ), fine AS (
                DELETE FROM cause_trend WHERE minutes = 5 AND at < now() - interval '7 h'
            ), coarse AS (
                DELETE FROM cause_trend WHERE at < now() - interval '8 d'
            )
            DELETE FROM cause WHERE standing = 0 AND last_at < now() - interval '30 d' RETURNING id
            """;

    private final JdbcClient jdbc;
    private final LedgerTransactions ledger;
    private final Hourly hourly = new Hourly();

    CauseCounts(JdbcClient jdbc, LedgerTransactions ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    /** Changes that cannot be folded now are folded later: counts are late meanwhile, never wrong. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    public void fold() {
        try {
            if (jdbc.sql(IS_CHANGED).query(Boolean.class).single()) {
                inTurn(FOLD);
            }
        } catch (DataAccessException | TransactionException failed) {
            log.atDebug().setCause(failed).log("counts of causes are late");
        }
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void forget() {
        try {
            hourly.run(() -> inTurn(FORGET));
        } catch (DataAccessException | TransactionException failed) {
            log.atDebug().setCause(failed).log("old causes could not be deleted");
        }
    }

    private void inTurn(String sql) {
        ledger.commit(() -> {
            ForEffect.run(jdbc.sql(TAKE_TURN).param("lock", AdvisoryLock.CAUSE_COUNTS.number()));
            ForEffect.run(jdbc.sql(sql));
            return true;
        });
    }
}
