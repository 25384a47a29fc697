package io.reliablemessage.service.acknowledgement;

import io.reliablemessage.service.platform.database.SqlArrays;
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
 * Keeps the newest first send that each subscription's consumer has acknowledged. What was sent after it most likely
 * still waits in its queue.
 *
 * <p>Kept in memory and written once a second, so that an ack pays for one comparison. A crash loses a second of it,
 * which at worst sends something twice.
 */
@Component
public class ConsumerWatermark {

    private static final Logger log = LoggerFactory.getLogger(ConsumerWatermark.class);

    // Acks out of order count, too; only the watermark does not go back.
    private static final String WRITE = """
            INSERT INTO progress AS p (subscription, acked_sent_at, at)
            SELECT subscription, to_timestamp(millis / 1000.0), now()
              FROM unnest(:subscriptions::text[], :millis::bigint[]) AS acked (subscription, millis)
                ON CONFLICT (subscription) DO UPDATE
               SET acked_sent_at = GREATEST(p.acked_sent_at, excluded.acked_sent_at), at = excluded.at
            """;

    private final JdbcClient jdbc;
    private final Map<String, Long> newest = new ConcurrentHashMap<>();

    public ConsumerWatermark(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param firstSent milliseconds since 1970 by the database's clock; 0: not its first send, which says
     *     nothing about the queue
     */
    void acked(String subscription, long firstSent) {
        if (firstSent != 0) {
            newest.merge(subscription, firstSent, Math::max);
        }
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void write() {
        var taken = new TreeMap<String, Long>(); // sorted, so that replicas lock in one order
        newest.keySet().forEach(subscription -> taken.put(subscription, newest.remove(subscription)));
        if (taken.isEmpty()) {
            return;
        }
        try {
            jdbc.sql(WRITE)
                    .param("subscriptions", SqlArrays.of("text", taken.keySet(), name -> name))
                    .param("millis", SqlArrays.of("bigint", taken.values(), millis -> millis))
                    .update();
        } catch (org.springframework.dao.DataAccessException | TransactionException failed) {
            taken.forEach(this::acked);
            log.atDebug().setCause(failed).log("the consumer watermark could not be written, tried again in a second");
        }
    }
}
