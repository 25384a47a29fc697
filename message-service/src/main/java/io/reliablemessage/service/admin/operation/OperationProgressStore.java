package io.reliablemessage.service.admin.operation;

import io.reliablemessage.service.admin.operation.OperationTargetStore.ResendOutcome;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the results of resent deliveries. Only in a transaction. */
@Component
class OperationProgressStore {

    private static final String DUE = """
            SELECT id FROM operation WHERE look_due_at <= now() ORDER BY look_due_at
            """;

    private static final String LEASE = """
            SELECT set_config('idle_in_transaction_session_timeout', '5s', true), looked_message, looked_subscription
              FROM operation
             WHERE id = :id AND look_due_at <= now()
               FOR UPDATE SKIP LOCKED
            """;

    private static final String PAGE = """
            SELECT i.message_id, i.subscription, i.at, i.sent, i.became
              FROM operation_item i
             WHERE i.operation_id = :id
               AND (i.message_id, i.subscription) > (:message, :subscription)
               AND i.outcome = 'RESENT'
               AND (i.became IN ('CONSUMED', 'RESENT_AGAIN', 'GONE')) IS NOT TRUE
             ORDER BY i.message_id, i.subscription
             LIMIT :limit
            """;

    private static final String WRITE = """
            UPDATE operation_item i
               SET sent = r.sent, became = r.became
              FROM unnest(:ids::uuid[], :subscriptions::text[], :sent::boolean[], :became::text[])
                   AS r (id, subscription, sent, became)
             WHERE i.operation_id = :operation AND i.message_id = r.id AND i.subscription = r.subscription
            """;

    private static final String ADD = """
            UPDATE operation
               SET sent = sent + :sent, consumed = consumed + :consumed, dead = dead + :dead, rejected = rejected + :rejected,
                   superseded = superseded + :superseded, changed_at = now()
             WHERE id = :id
            """;

    private static final String ON = """
            UPDATE operation SET looked_message = :message, looked_subscription = :subscription WHERE id = :id
            """;

    // Often while results change, then less and less. A consumed delivery cannot change any more.
    private static final String AGAIN = """
            UPDATE operation
               SET looked_message = '00000000-0000-0000-0000-000000000000', looked_subscription = '',
                   look_due_at = CASE WHEN resent > consumed + superseded OR state IN ('CANARY', 'RUNNING', 'PAUSED')
                                 THEN now() + LEAST(GREATEST((now() - changed_at) / 10, interval '0.5 s'), interval '5 min') END
             WHERE id = :id
            """;

    private static final String DECIDE_CANARY = """
            UPDATE operation
               SET state = CASE WHEN consumed >= canary THEN 'RUNNING' ELSE 'PAUSED' END,
                   resumes_as = CASE WHEN consumed < canary THEN 'RUNNING' END,
                   paused_by = CASE WHEN consumed < canary THEN 'service' END,
                   changed_at = now()
             WHERE id = :id
               AND state = 'CANARY'
               AND (consumed >= canary
                    OR EXISTS (SELECT FROM operation_item
                                WHERE operation_id = :id
                                  AND (message_id, subscription) <= (taken_message, taken_subscription)
                                  AND became IN ('DEAD', 'REJECTED', 'DISCARDED')))
            RETURNING paused_by
            """;

    private final JdbcClient jdbc;

    OperationProgressStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lists operations whose resent deliveries are due for an update, longest due first. */
    List<UUID> due() {
        return jdbc.sql(DUE).query(UUID.class).list();
    }

    /** The position of the last update; empty: it is not due, or another replica updates it. */
    Optional<DeliveryId> lease(UUID id) {
        return jdbc.sql(LEASE)
                .param("id", id)
                .query((row, number) -> OperationItemStore.name(row, "looked_message", "looked_subscription"))
                .optional();
    }

    /** The next deliveries whose result may have changed. */
    List<Resent> page(UUID id, DeliveryId after, int limit) {
        return jdbc.sql(PAGE)
                .param("id", id)
                .param("message", after.id().value())
                .param("subscription", after.subscription())
                .param("limit", limit)
                .query((row, number) -> new Resent(
                        OperationItemStore.name(row),
                        Columns.requiredInstant(row, "at"),
                        row.getBoolean("sent"),
                        row.getString("became")))
                .list();
    }

    void write(UUID id, List<Resent> before, List<Resent> after) {
        jdbc.sql(WRITE)
                .param("operation", id)
                .param("ids", SqlArrays.of("uuid", after, item -> item.name.id().value()))
                .param("subscriptions", SqlArrays.of("text", after, item -> item.name.subscription()))
                .param("sent", SqlArrays.of("boolean", after, Resent::isSent))
                .param("became", SqlArrays.of("text", after, Resent::became))
                .update();
        jdbc.sql(ADD)
                .param("id", id)
                .param("sent", more(before, after, Resent::isSent))
                .param("consumed", more(before, after, item -> item.is("CONSUMED")))
                .param("dead", more(before, after, item -> item.is("DEAD")))
                .param("rejected", more(before, after, item -> item.is("REJECTED")))
                .param("superseded", more(before, after, item -> item.is("RESENT_AGAIN") || item.is("GONE")))
                .update();
    }

    private static int more(List<Resent> before, List<Resent> after, Predicate<Resent> which) {
        return (int) (after.stream().filter(which).count()
                - before.stream().filter(which).count());
    }

    /** Remembers where the next page begins. */
    void goOn(UUID id, DeliveryId last) {
        jdbc.sql(ON)
                .param("id", id)
                .param("message", last.id().value())
                .param("subscription", last.subscription())
                .update();
    }

    /** All are updated; the next update is due when results may have changed. */
    void beginAnew(UUID id) {
        jdbc.sql(AGAIN).param("id", id).update();
    }

    /** What becomes of the deliveries behind the canary. */
    enum CanaryDecision {
        /** The canary is consumed: they follow. */
        RELEASED,
        /** It ended otherwise: they wait for an operator. */
        PAUSED,
        /** It is on its way, or there is none. */
        OPEN
    }

    CanaryDecision decideCanary(UUID id) {
        return jdbc.sql(DECIDE_CANARY)
                .param("id", id)
                .query((row, number) ->
                        row.getString("paused_by") == null ? CanaryDecision.RELEASED : CanaryDecision.PAUSED)
                .optional()
                .orElse(CanaryDecision.OPEN);
    }

    /** @param became null: it is still being sent */
    record Resent(
            DeliveryId name,
            Instant at,
            boolean isSent,
            @Nullable String became) {

        Resent seen(ResendOutcome outcome) {
            if (outcome.isResentAgain()) {
                return new Resent(name, at, isSent, "RESENT_AGAIN");
            }
            var state = outcome.state();
            if (state == null) {
                return new Resent(name, at, isSent, "GONE");
            }
            return new Resent(name, at, outcome.isSent(), state.name().equals("SENDING") ? null : state.name());
        }

        private boolean is(String seen) {
            return seen.equals(became);
        }
    }
}
