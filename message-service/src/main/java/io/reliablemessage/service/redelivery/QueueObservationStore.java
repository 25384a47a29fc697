package io.reliablemessage.service.redelivery;

import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.publishing.Broker.Backlog;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores what the broker tells of the queues of subscriptions with due deliveries, for all replicas: once a second, and
 * when a queue runs empty, fills, loses its consumers or gets some.
 */
@Component
class QueueObservationStore {

    // Consumers are there between two looks when both see them. Those that come, take and die again are there for a
    // second each time.
    private static final String OBSERVE = """
            INSERT INTO progress AS p (subscription, observed_at, ready, consumers, ready_at, attended_at, passed_at)
            SELECT subscription, now(), ready, consumers,
                   CASE WHEN ready > 0 THEN now() END,
                   CASE WHEN consumers > 0 THEN now() END,
                   CASE WHEN ready = 0 THEN now() + interval '5 s' END
              FROM unnest(:subscriptions::text[], :ready::int[], :consumers::int[]) AS seen (subscription, ready, consumers)
             ORDER BY subscription                                         -- replicas lock in one order
                ON CONFLICT (subscription) DO UPDATE
               SET observed_at = excluded.observed_at,
                   ready = excluded.ready,
                   consumers = excluded.consumers,
                   ready_at = COALESCE(excluded.ready_at, p.ready_at),
                   attended_at = COALESCE(excluded.attended_at, p.attended_at),
                   unanswered = CASE
                       WHEN excluded.consumers = 0 THEN p.unanswered
                       WHEN p.attended_at > now() - interval '10 min' THEN
                           p.unanswered + LEAST(now() - p.observed_at, CASE WHEN p.consumers > 0 THEN interval '10 s'
                                                                            ELSE interval '1 s' END)
                       ELSE interval '0' END,
                   -- an empty queue, and nobody who works on what was in it: whatever was sent is not there any more. Ahead by
                   -- the margin that is left before this time
                   passed_at = CASE
                       WHEN excluded.ready = 0
                        AND (p.ready_at > now() - interval '2 s') IS NOT TRUE
                        AND (p.acked_at > now() - (SELECT stall_timeout(COALESCE(s.schedule_millis, :schedule))
                                                     FROM subscription_policy s
                                                    WHERE s.name = p.subscription)) IS NOT TRUE
                       THEN GREATEST(p.passed_at, now() + interval '5 s')
                       ELSE p.passed_at END
             WHERE p.observed_at IS NULL
                OR p.observed_at < now() - interval '1 s'
                OR (p.ready > 0) <> (excluded.ready > 0)
                OR (p.consumers > 0) <> (excluded.consumers > 0)
            """;

    private final JdbcClient jdbc;
    private final LedgerProperties properties;

    QueueObservationStore(JdbcClient jdbc, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    void observe(List<Observation> seen) {
        if (!seen.isEmpty()) {
            jdbc.sql(OBSERVE)
                    .param("subscriptions", SqlArrays.of("text", seen, Observation::subscription))
                    .param(
                            "ready",
                            SqlArrays.of("int4", seen, each -> each.backlog().messages()))
                    .param(
                            "consumers",
                            SqlArrays.of("int4", seen, each -> each.backlog().consumers()))
                    .param("schedule", properties.scheduleMillis())
                    .update();
        }
    }

    /** What the broker tells of a subscription's queue. */
    record Observation(String subscription, Backlog backlog) {}
}
