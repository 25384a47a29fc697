package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down that the broker has what an operator had sent again. */
@Component
class ResendStore {

    // One event per resend: its redelivery adds no event, unless a process died before it wrote the event of the
    // earlier send. A delivery that is not found was dropped with its day.
    private static final String INSERT_EVENT = """
            INSERT INTO event (message_id, at, subscription, kind, actor, detail)
            SELECT DISTINCT ON (c.id, c.subscription)
                   c.id, clock_timestamp() - c.ago * interval '1 us', c.subscription, 'BROKER_CONFIRMED', 'broker', 'attempt ' || c.attempt
              FROM unnest(:ids::uuid[], :subscriptions::text[], :attempts::int[], :ago::bigint[])
                       AS c (id, subscription, attempt, ago)
              JOIN delivery d ON d.message_id = c.id AND d.subscription = c.subscription
             WHERE d.message_id = ANY (:ids)
               AND d.message_id BETWEEN :first AND :last                   -- prunes the days
               AND NOT EXISTS (
                       SELECT FROM event confirmed
                        WHERE confirmed.message_id = c.id AND confirmed.message_id BETWEEN :first AND :last
                          AND confirmed.subscription = c.subscription AND confirmed.kind = 'BROKER_CONFIRMED'
                          AND confirmed.at > (SELECT max(resent.at) FROM event resent
                                          WHERE resent.message_id = c.id AND resent.message_id BETWEEN :first AND :last
                                            AND resent.subscription = c.subscription AND resent.kind = 'RESENT'))
             ORDER BY c.id, c.subscription, c.attempt
            """;

    private final JdbcClient jdbc;

    ResendStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void record(List<Confirmed> confirmed) {
        DeliveryId.bind(
                        jdbc.sql(INSERT_EVENT),
                        confirmed.stream().map(Confirmed::name).toList())
                .param("attempts", SqlArrays.of("int4", confirmed, Confirmed::attempt))
                .param(
                        "ago",
                        SqlArrays.of("bigint", confirmed, each -> each.ago().toNanos() / 1_000))
                .update();
    }

    /** @param ago how long ago the broker's word came */
    record Confirmed(DeliveryId name, int attempt, Duration ago) {}
}
