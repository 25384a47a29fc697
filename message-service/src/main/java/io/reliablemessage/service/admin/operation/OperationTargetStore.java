package io.reliablemessage.service.admin.operation;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.admin.search.FoundMessage;
import io.reliablemessage.service.admin.search.MessageFilter;
import io.reliablemessage.service.admin.search.SearchQuery;
import io.reliablemessage.service.admin.search.SearchStore;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds and locks the deliveries of a bulk operation, and reads their states after it. */
@Component
class OperationTargetStore {

    private static final String OF_FOUND = """
            SELECT d.message_id, d.subscription, d.state, d.deliverable_at < now() - :window * interval '1 ms' AS is_old
              FROM delivery d
             WHERE d.message_id = ANY (:ids)
               AND d.message_id BETWEEN :first AND :last                   -- prunes the days
               AND\s""";

    // Whatever their states: for a delivery that cannot take the step the reason is recorded, and it cannot change
    // meanwhile.
    private static final String LOCKED = """
            SELECT d.message_id, d.subscription, d.state, d.deliverable_at < now() - :window * interval '1 ms' AS is_old
              FROM delivery d
             WHERE d.message_id = ANY (:ids)
               AND d.message_id BETWEEN :first AND :last
               AND ((d.message_id, d.subscription) IN (
                       SELECT * FROM unnest(:ids::uuid[], :subscriptions::text[]))) IS TRUE
             ORDER BY d.message_id, d.subscription                         -- as all who lock several
               FOR UPDATE
            """;

    // An ack is proof of the latest resend only; also that the broker had it, should its own word be lost, even if the
    // attempt was given back, since nobody knew whether it had arrived.
    private static final String OUTCOMES = """
            WITH resent AS MATERIALIZED (
                SELECT * FROM unnest(:ids::uuid[], :subscriptions::text[], :times::timestamptz[])
                           AS r (message_id, subscription, at)
            ), d AS MATERIALIZED (
                SELECT message_id, subscription, state
                  FROM delivery
                 WHERE message_id = ANY (:ids) AND message_id BETWEEN :first AND :last
            )
            SELECT r.message_id, r.subscription, d.state,
                   COALESCE(d.state IN ('CONSUMED', 'REJECTED'), false)
                       OR EXISTS (SELECT FROM event e
                                   WHERE e.message_id = r.message_id AND e.message_id BETWEEN :first AND :last
                                     AND e.subscription = r.subscription AND e.kind = 'BROKER_CONFIRMED' AND e.at > r.at) AS sent,
                   EXISTS (SELECT FROM event e
                            WHERE e.message_id = r.message_id AND e.message_id BETWEEN :first AND :last
                              AND e.subscription = r.subscription AND e.kind = 'RESENT' AND e.at > r.at) AS again
              FROM resent r
              LEFT JOIN d ON d.message_id = r.message_id AND d.subscription = r.subscription
            """;

    private static final String TOPICS = "SELECT name, topic FROM subscription WHERE name = ANY (:names)";

    private final JdbcClient jdbc;
    private final SearchStore searches;

    OperationTargetStore(JdbcClient jdbc, SearchStore searches) {
        this.jdbc = jdbc;
        this.searches = searches;
    }

    /**
     * Finds deliveries that match a search: those of its newest messages.
     *
     * @param most how many messages
     * @param window a delivery first due before that time is old
     */
    Page find(MessageFilter search, int most, Duration window) {
        var found = searches.find(search, most);
        return new Page(found.ids().isEmpty() ? List.of() : ofFound(search, found, window), found.next());
    }

    private List<Target> ofFound(MessageFilter search, FoundMessage found, Duration window) {
        var statement = jdbc.sql(OF_FOUND + SearchQuery.ofDelivery(search)).params(search.parameters());
        return IdRange.bind(statement, found.ids())
                .param("window", window.toMillis())
                .query(OperationTargetStore::target)
                .list();
    }

    /** Locks deliveries until the transaction ends; returns those that exist. */
    Map<DeliveryId, Target> lock(List<DeliveryId> names, Duration window) {
        var locked = new HashMap<DeliveryId, Target>();
        DeliveryId.bind(jdbc.sql(LOCKED), names)
                .param("window", window.toMillis())
                .query(OperationTargetStore::target)
                .list()
                .forEach(target -> locked.put(target.name(), target));
        return locked;
    }

    /** Reads the states of deliveries since they were resent. */
    List<ResendOutcome> outcomes(List<DeliveryId> names, List<Instant> times) {
        return DeliveryId.bind(jdbc.sql(OUTCOMES), names)
                .param("times", SqlArrays.of("timestamptz", times, Instant::toString))
                .query((row, number) -> {
                    var state = row.getString("state");
                    return new ResendOutcome(
                            name(row),
                            state == null ? null : DeliveryState.valueOf(state),
                            row.getBoolean("sent"),
                            row.getBoolean("again"));
                })
                .list();
    }

    /** The topic of each of these subscriptions. */
    Map<String, String> topics(Collection<String> subscriptions) {
        var topics = new HashMap<String, String>();
        jdbc.sql(TOPICS)
                .param("names", SqlArrays.of("text", subscriptions, name -> name))
                .query(row -> {
                    topics.put(row.getString("name"), row.getString("topic"));
                });
        return topics;
    }

    private static Target target(ResultSet row, int number) throws SQLException {
        return new Target(name(row), DeliveryState.valueOf(row.getString("state")), row.getBoolean("is_old"));
    }

    private static DeliveryId name(ResultSet row) throws SQLException {
        return new DeliveryId(Columns.id(row, "message_id"), row.getString("subscription"));
    }

    /** @param isOld first due before the window */
    record Target(DeliveryId name, DeliveryState state, boolean isOld) {}

    /** @param next the rest belongs to messages older than this one; null: nothing follows */
    record Page(List<Target> targets, @Nullable MessageId next) {}

    /**
     * @param state null: its day was dropped by retention
     * @param isSent the broker has confirmed it since the latest resend, or its consumer has answered
     * @param isResentAgain by somebody, since that time
     */
    record ResendOutcome(DeliveryId name, @Nullable DeliveryState state, boolean isSent, boolean isResentAgain) {}
}
