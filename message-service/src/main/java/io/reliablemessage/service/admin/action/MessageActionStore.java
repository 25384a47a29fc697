package io.reliablemessage.service.admin.action;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.DeliveryStatus;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.model.DeliveryTransition;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.SqlTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Changes a message and its deliveries for an operator; each action is in the timeline. */
@Component
class MessageActionStore {

    // Starts the whole schedule again: the last one was spent on a consumer that failed.
    private static final SqlTemplate REVIVE = new SqlTemplate("""
            -- 1. lock
            WITH locked AS MATERIALIZED (
                SELECT d.message_id, d.subscription, d.attempts, d.sent_at
                  FROM delivery d
                 WHERE {deliveries}
                   AND d.state IN ('DEAD', 'REJECTED')
                 ORDER BY d.message_id, d.subscription
                   FOR UPDATE
            ),
            -- 2. change
            changed AS (
                UPDATE delivery d
                   SET state = 'SENDING', attempts = 0, refusals = 0, cause = NULL, due_at = now(), sent_at = NULL,
                       finished_at = NULL
                 WHERE {deliveries}
                   AND ((d.message_id, d.subscription) IN (SELECT message_id, subscription FROM locked)) IS TRUE
                RETURNING d.message_id, d.subscription, d.state
            ),
            -- 3. history
            history AS (
                INSERT INTO event (message_id, at, subscription, kind, actor, detail)
                -- in the delivery's own time until now, which is overwritten
                SELECT message_id, sent_at, subscription, 'SENT', 'service', 'attempt 1'
                  FROM locked
                 WHERE attempts = 1 AND sent_at IS NOT NULL
                UNION ALL
                SELECT message_id, clock_timestamp(), subscription, 'RESENT', :actor, :reason FROM changed
            )
            -- 4. answer
            SELECT * FROM changed ORDER BY subscription
            """);

    private static final SqlTemplate DISCARD = new SqlTemplate("""
            WITH changed AS (
                UPDATE delivery d
                   SET state = 'DISCARDED', due_at = NULL, finished_at = now(), last_error = :reason
                 WHERE {deliveries}
                   AND d.state IN ('SENDING', 'DEAD', 'REJECTED')
                RETURNING d.message_id, d.subscription, d.state
            ), history AS (
                INSERT INTO event (message_id, subscription, kind, actor, detail)
                SELECT message_id, subscription, 'DISCARDED', :actor, :reason FROM changed
            )
            SELECT * FROM changed ORDER BY subscription
            """);

    private static final String OF_ONE_MESSAGE =
            "d.message_id = :id AND (:subscription::text IS NULL OR d.subscription = :subscription)";

    private static final String NAMED = """
            d.message_id = ANY (:ids)
            AND d.message_id BETWEEN :first AND :last                      -- prunes the days
            AND ((d.message_id, d.subscription) IN (
                    SELECT * FROM unnest(:ids::uuid[], :subscriptions::text[]))) IS TRUE""";

    private static final String DELIVERIES = """
            SELECT message_id, subscription, state
              FROM delivery
             WHERE message_id = :id AND (:subscription::text IS NULL OR subscription = :subscription)
             ORDER BY subscription
            """;

    private static final String ASK = """
            WITH asked AS (
                UPDATE message SET check_due_at = now() WHERE id = :id AND state = 'PENDING_CONFIRM' RETURNING id
            )
            INSERT INTO event (message_id, kind, actor, detail) SELECT id, 'CHECKBACK_WANTED', :actor, :reason FROM asked
            """;

    private static final String RECORD_DECISION = """
            INSERT INTO event (message_id, kind, actor, detail) VALUES (:id, 'DECIDED', :actor, :reason)
            """;

    private static final String PENDING = """
            SELECT producer, shown_state(id, state) AS state,
                   state = 'PENDING_CONFIRM'
                       AND is_suspect(check_attempts, decision_due_at, :suspectAfterChecks, :suspectAfter) AS suspect,
                   EXISTS (SELECT FROM application a WHERE a.name = producer AND a.check_url IS NOT NULL) AS askable
              FROM message
             WHERE id = :id
            """;

    private final JdbcClient jdbc;
    private final LedgerProperties properties;

    MessageActionStore(JdbcClient jdbc, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Makes dead and rejected deliveries due again. */
    List<DeliveryStatus> revive(MessageId id, @Nullable String subscription, OperatorAction act) {
        return deliveries(REVIVE.with("deliveries", OF_ONE_MESSAGE).sql(), id, subscription, act);
    }

    /** Ends deliveries that are not consumed. */
    List<DeliveryStatus> discard(MessageId id, @Nullable String subscription, OperatorAction act) {
        return deliveries(DISCARD.with("deliveries", OF_ONE_MESSAGE).sql(), id, subscription, act);
    }

    /** The same with many deliveries, of which each can take the step. */
    void act(DeliveryTransition step, List<DeliveryId> names, OperatorAction act) {
        var sql = switch (step) {
            case REVIVE -> REVIVE;
            case DISCARD -> DISCARD;
            case ACK, REJECT, BURY -> throw new IllegalArgumentException("%s is no operator's action".formatted(step));
        };
        var done = DeliveryId.bind(jdbc.sql(sql.with("deliveries", NAMED).sql()), names)
                .param("actor", act.actor())
                .param("reason", act.reason())
                .query(MessageActionStore::status)
                .list();
        if (done.size() != names.size()) {
            throw new IllegalStateException("%s of %d deliveries were %s".formatted(done.size(), names.size(), step));
        }
    }

    List<DeliveryStatus> deliveries(MessageId id, @Nullable String subscription) {
        return deliveries(DELIVERIES, id, subscription, new OperatorAction("", ""));
    }

    /** @return whether it is undecided, so that the next check-back includes it */
    boolean ask(MessageId id, OperatorAction act) {
        return statement(ASK, id, act).update() == 1;
    }

    void recordDecision(MessageId id, OperatorAction act) {
        statement(RECORD_DECISION, id, act).update();
    }

    Optional<Subject> find(MessageId id) {
        return jdbc.sql(PENDING)
                .param("id", id.value())
                .param("suspectAfterChecks", properties.suspectAfterChecks())
                .param("suspectAfter", properties.suspectAfter().toMillis())
                .query((row, number) -> new Subject(
                        row.getString("producer"),
                        MessageState.valueOf(row.getString("state")),
                        row.getBoolean("suspect"),
                        row.getBoolean("askable")))
                .optional();
    }

    private List<DeliveryStatus> deliveries(
            String sql, MessageId id, @Nullable String subscription, OperatorAction act) {
        return statement(sql, id, act)
                .param("subscription", subscription)
                .query(MessageActionStore::status)
                .list();
    }

    private JdbcClient.StatementSpec statement(String sql, MessageId id, OperatorAction act) {
        return jdbc.sql(sql).param("id", id.value()).param("actor", act.actor()).param("reason", act.reason());
    }

    private static DeliveryStatus status(ResultSet row, int number) throws SQLException {
        return new DeliveryStatus(
                row.getString("message_id"),
                row.getString("subscription"),
                DeliveryState.valueOf(row.getString("state")));
    }

    /**
     * The facts an operator's decision depends on.
     *
     * @param isAskable its producer has registered a check URL
     */
    record Subject(String producer, MessageState state, boolean isSuspect, boolean isAskable) {}
}
