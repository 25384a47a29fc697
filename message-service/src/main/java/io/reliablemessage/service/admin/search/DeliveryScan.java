package io.reliablemessage.service.admin.search;

import static io.reliablemessage.service.admin.search.Scan.Cost.ADJACENT;
import static io.reliablemessage.service.admin.search.Scan.Cost.IN_INDEX;
import static io.reliablemessage.service.admin.search.Scan.Cost.SCATTERED;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.service.platform.database.SqlTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries, those of the newest messages first.
 *
 * @param state that they are in; over its partial index, if there is one
 */
record DeliveryScan(MessageFilter filter, @Nullable SearchState state) implements Scan {

    private static final SqlTemplate SELECT = new SqlTemplate("""
            SELECT message_id AS id, subscription, state, due_at, attempts
              FROM delivery
             WHERE {range}""");

    // A subscription's topic is as fixed as the message's own.
    private static final String IS_OF_TOPIC =
            "d.subscription IN (SELECT s.name FROM subscription s WHERE s.topic = :topic)";

    // OFFSET 0: else the planner could make it a hash table of all there is.
    private static final SqlTemplate HAS_MESSAGE = new SqlTemplate("""
            EXISTS (
                SELECT FROM message m
                 WHERE m.id = d.id
                   AND {message}
                OFFSET 0)""");

    @Override
    public Table table() {
        return Table.DELIVERY;
    }

    @Override
    public String select() {
        var range = Conditions.ofRange("message_id", filter);
        var ofState = Conditions.ofIndex(state);
        return SELECT.with("range", ofState == null ? range : range.and(ofState))
                .sql();
    }

    @Override
    public String condition() {
        var isSought = state != null && Conditions.ofIndex(state) == null;
        return condition(filter, isSought ? state : null);
    }

    /** @param state that is sought among the rows; null: whatever their state */
    static String condition(MessageFilter filter, @Nullable SearchState state) {
        var message = ofMessage(filter);
        return Conditions.ofDelivery(filter)
                .andIf(state != null, "d.state = '%s'".formatted(state))
                .andIf(filter.topic() != null, IS_OF_TOPIC)
                .andIf(!message.isEmpty(), HAS_MESSAGE.with("message", message).sql())
                .toString();
    }

    /** What only the message of a delivery can tell. */
    private static Conditions ofMessage(MessageFilter filter) {
        return Conditions.ofAge(filter).andIf(filter.producer() != null, "m.producer = :producer");
    }

    @Override
    public Cost cost() {
        return Conditions.ofIndex(state) == null ? ADJACENT : costOverIndex(filter);
    }

    /** An index of deliveries has their subscriptions and states. */
    static Cost costOverIndex(MessageFilter filter) {
        var isInIndex = !filter.isOverdue() && ofMessage(filter).isEmpty() && filter.minAttempts() == null;
        return isInIndex ? IN_INDEX : SCATTERED;
    }
}
