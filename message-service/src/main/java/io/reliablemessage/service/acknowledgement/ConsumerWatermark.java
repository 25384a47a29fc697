package io.reliablemessage.service.acknowledgement;

import io.reliablemessage.service.platform.database.SqlArrays;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps the newest first send that each subscription's consumer has acknowledged, and that it has answered at all. What
 * was sent after it most likely still waits in its queue.
 *
 * <p>Kept in memory and written once a second at most, so that an ack pays for one comparison. A crash loses a second of it,
 * which at worst sends something twice.
 */
@Component
public class ConsumerWatermark {

    private static final Logger log = LoggerFactory.getLogger(ConsumerWatermark.class);

    // Acks out of order count, too; only the watermark does not go back. GREATEST ignores a null.
    private static final String WRITE = """
            INSERT INTO progress AS p (subscription, passed_at, acked_at)
            SELECT subscription, to_timestamp(NULLIF(millis, 0) / 1000.0), now()
              FROM unnest(:subscriptions::text[], :millis::bigint[]) AS acked (subscription, millis)
                ON CONFLICT (subscription) DO UPDATE
               SET passed_at = GREATEST(p.passed_at, excluded.passed_at), acked_at = excluded.acked_at, unanswered = '0'
            """;

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final JdbcClient jdbc;
    private final Map<String, Long> newest = new ConcurrentHashMap<>();
    private final Map<String, Long> written = new HashMap<>(); // by the writing thread only; by System.nanoTime

    public ConsumerWatermark(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps that a consumer has answered.
     *
     * @param firstSent milliseconds since 1970 by the database's clock; 0: not its first send, which says
     *     nothing about the queue
     */
    void acked(String subscription, long firstSent) {
        newest.merge(subscription, firstSent, Math::max);
    }

    /** Each subscription once a second; one that was silent at once, since somebody may be waiting for its answer. */
    @Scheduled(fixedDelay = 100, timeUnit = TimeUnit.MILLISECONDS)
    void write() {
        var now = System.nanoTime();
        var taken = new TreeMap<String, Long>(); // sorted, so that replicas lock in one order
        newest.keySet().stream()
                .filter(subscription -> now - written.getOrDefault(subscription, now - INTERVAL) >= INTERVAL)
                .forEach(subscription -> taken.put(subscription, newest.remove(subscription)));
        if (taken.isEmpty()) {
            return;
        }
        try {
            jdbc.sql(WRITE)
                    .param("subscriptions", SqlArrays.of("text", taken.keySet(), name -> name))
                    .param("millis", SqlArrays.of("bigint", taken.values(), millis -> millis))
                    .update();
            taken.keySet().forEach(subscription -> written.put(subscription, now));
        } catch (org.springframework.dao.DataAccessException | TransactionException failed) {
            taken.forEach(this::acked);
            log.atDebug().setCause(failed).log("the consumer watermark could not be written, tried again soon");
        }
    }
}
