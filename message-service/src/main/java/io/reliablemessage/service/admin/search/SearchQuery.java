package io.reliablemessage.service.admin.search;

import static io.reliablemessage.adminapi.message.SearchState.CANCELLED;
import static io.reliablemessage.adminapi.message.SearchState.CONFIRMED;
import static io.reliablemessage.adminapi.message.SearchState.PENDING_CONFIRM;
import static io.reliablemessage.adminapi.message.SearchState.SENDING;
import static java.util.Collections.disjoint;

import io.reliablemessage.adminapi.message.SearchState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way through the ledger, newest first, as SQL: which rows are looked at, over an index that has them in this
 * order, and which of them are found. Made of constants only, and of those that are wanted only: a generic plan
 * cannot know that {@code :topic IS NULL}.
 *
 * @param rows of messages {@code m}, or of deliveries {@code d}, so many
 * @param condition of what is found among them
 * @param cost of a look at one of them; 1: it lies beside the one before
 */
public record SearchQuery(String rows, String condition, int cost) {

    private static final Set<SearchState> OF_MESSAGE = EnumSet.of(PENDING_CONFIRM, CONFIRMED, CANCELLED);

    private static final int BESIDE = 1;
    private static final int IN_INDEX = 2;
    private static final int SCATTERED = 10;
    private static final int WITH_DELIVERIES = 20;

    private static final String MESSAGES =
            "id, topic, producer, key, state, decision_due_at, check_attempts FROM message";
    private static final String DELIVERIES = "message_id AS id, subscription, state, due_at, attempts FROM delivery";

    private static final String NEWEST = """
            (SELECT %s
              WHERE %s
              ORDER BY %s DESC
              FETCH FIRST %%d ROWS WITH TIES)""";

    // One by one: else a plan that has them in order anyway would read all others on its way.
    private static final String NAMED = """
            (SELECT one.*
               FROM unnest(:named::uuid[]) AS wanted (named)
              CROSS JOIN LATERAL (SELECT %s WHERE %s AND %s = named OFFSET 0) one)""";

    private static final String OLD = " AND %s < uuid_floor(now() - :olderThan * interval '1 ms')";

    // OFFSET 0: else the planner could make it a hash table of all there is.
    private static final String EXISTS = "EXISTS (SELECT FROM %s WHERE %s OFFSET 0)";

    // In the words of the condition of the index by cause.
    private static final String OF_CAUSE = " AND cause_id = :cause AND state IN ('DEAD', 'REJECTED')";

    private static final String SUSPECT =
            "(m.check_attempts >= :suspectAfterChecks OR m.decision_due_at < now() - :suspectAfter * interval '1 ms')";

    /** None: nothing can be like that. Two: their finds have no message in common. */
    static List<SearchQuery> of(MessageFilter search) {
        var states = search.states();
        var isOfDelivery = search.subscription() != null
                || search.cause() != null
                || search.minAttempts() != null
                || disjoint(states, OF_MESSAGE);
        var legs = new ArrayList<SearchQuery>();
        if (search.cause() != null && (search.isOverdue() || search.isSuspect())) {
            return legs; // what has ended is neither
        }
        if (search.isOverdue() || search.isSuspect()) {
            if (states.contains(PENDING_CONFIRM) && !isOfDelivery) {
                legs.add(messages(search, PENDING_CONFIRM));
            }
            if (!search.isSuspect() && !disjoint(states, EnumSet.of(SENDING, CONFIRMED))) {
                legs.add(deliveries(search, SENDING));
            }
        } else if (!isOfDelivery) {
            legs.add(messages(search, search.state()));
        } else if (search.state() != PENDING_CONFIRM && search.state() != CANCELLED) {
            legs.add(deliveries(search, search.state() == CONFIRMED ? null : search.state()));
        }
        return legs;
    }

    /**
     * @param form of a statement about how many rows (1), which rows (2), and the condition (3)
     * @param budget how many rows may be looked at that lie side by side
     */
    String statement(String form, int budget) {
        var lookedAt = budget / cost;
        return form.formatted(lookedAt, rows.formatted(lookedAt), condition);
    }

    private static SearchQuery messages(MessageFilter search, @Nullable SearchState state) {
        var among = among(state);
        var conditions = ofMessage(search);
        if (search.isOverdue()) {
            conditions.add("m.decision_due_at < now()");
        }
        if (search.isSuspect()) {
            conditions.add(SUSPECT);
        }
        if (state != null && (among.isEmpty() || search.key() != null)) {
            conditions.add("m.state = '%s'".formatted(state));
        }
        return search.key() == null
                ? new SearchQuery(messages(search, among), all(conditions), cost(among, conditions.isEmpty()))
                : keyed(search, conditions, SCATTERED);
    }

    private static SearchQuery keyed(MessageFilter search, List<String> conditions, int cost) {
        return new SearchQuery(messages(search, " AND hashtext(key) = hashtext(:key)"), all(conditions), cost);
    }

    private static String messages(MessageFilter search, String among) {
        return rows(search, MESSAGES, "id", among) + " m";
    }

    private static String rows(MessageFilter search, String columns, String id, String among) {
        var range = "%1$s >= :first AND %1$s < :beyond".formatted(id)
                + (search.olderThan() == null ? "" : OLD.formatted(id))
                + among;
        return (search.ids().isEmpty() ? NEWEST : NAMED).formatted(columns, range, id);
    }

    private static SearchQuery deliveries(MessageFilter search, @Nullable SearchState state) {
        var among = search.cause() == null ? among(state) : OF_CAUSE;
        var conditions = aboutDelivery(search);
        if (state != null && (among.isEmpty() || search.cause() != null || search.key() != null)) {
            conditions.add("d.state = '%s'".formatted(state));
        }
        if (search.key() != null) {
            conditions.add("d.message_id = m.id" + (search.cause() == null ? "" : OF_CAUSE));
            var ofMessage = ofMessage(search);
            ofMessage.add(EXISTS.formatted("delivery d", all(conditions)));
            return keyed(search, ofMessage, WITH_DELIVERIES);
        }
        if (search.topic() != null) {
            // as fixed as the message's own
            conditions.add("d.subscription IN (SELECT s.name FROM subscription s WHERE s.topic = :topic)");
        }
        if (search.producer() != null) {
            conditions.add(EXISTS.formatted("message m", "m.id = d.id AND m.producer = :producer"));
        }
        var isInIndex = !search.isOverdue() && search.producer() == null && search.minAttempts() == null;
        return new SearchQuery(
                rows(search, DELIVERIES, "message_id", among) + " d", all(conditions), cost(among, isInIndex));
    }

    /**
     * Which deliveries {@code d} of a message that is found a search is about; all, if it says
     * nothing of deliveries.
     */
    public static String ofDelivery(MessageFilter search) {
        var conditions = aboutDelivery(search);
        if (search.cause() != null) {
            conditions.add("d.cause_id = :cause AND d.state IN ('DEAD', 'REJECTED')");
        }
        if (search.state() != null && !OF_MESSAGE.contains(search.state())) {
            conditions.add("d.state = '%s'".formatted(search.state()));
        }
        return all(conditions);
    }

    private static List<String> aboutDelivery(MessageFilter search) {
        var conditions = new ArrayList<String>();
        if (search.isOverdue()) {
            conditions.add("d.due_at < now()");
        }
        if (search.subscription() != null) {
            conditions.add("d.subscription = :subscription");
        }
        if (search.minAttempts() != null) {
            conditions.add("d.attempts >= :minAttempts");
        }
        return conditions;
    }

    private static int cost(String among, boolean isInIndex) {
        if (among.isEmpty()) {
            return BESIDE;
        }
        return isInIndex ? IN_INDEX : SCATTERED;
    }

    /** In the words of the condition of the index that has these only; none: they are found among the others. */
    private static String among(@Nullable SearchState state) {
        return switch (state) {
            case PENDING_CONFIRM -> " AND check_due_at IS NOT NULL";
            case CANCELLED -> " AND state = 'CANCELLED'";
            case SENDING -> " AND due_at IS NOT NULL";
            case DEAD -> " AND state = 'DEAD'";
            case REJECTED -> " AND state = 'REJECTED'";
            case DISCARDED -> " AND state = 'DISCARDED'";
            case null, default -> "";
        };
    }

    private static List<String> ofMessage(MessageFilter search) {
        var conditions = new ArrayList<String>();
        if (search.topic() != null) {
            conditions.add("m.topic = :topic");
        }
        if (search.producer() != null) {
            conditions.add("m.producer = :producer");
        }
        if (search.key() != null) {
            conditions.add("m.key = :key");
        }
        return conditions;
    }

    private static String all(List<String> conditions) {
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }
}
