package io.reliablemessage.service.admin.search;

import static io.reliablemessage.service.admin.search.Scan.Cost.ADJACENT;
import static io.reliablemessage.service.admin.search.Scan.Cost.IN_INDEX;
import static io.reliablemessage.service.admin.search.Scan.Cost.SCATTERED;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.service.platform.database.SqlTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Messages, newest first.
 *
 * @param state that they are in; over its partial index, if there is one
 */
record MessageScan(MessageFilter filter, @Nullable SearchState state) implements Scan {

    private static final SqlTemplate SELECT = new SqlTemplate("""
            SELECT id, topic, producer, key, state, created_at, decision_due_at, check_attempts
              FROM message
             WHERE {range}""");

    private static final String IS_SUSPECT =
            "is_suspect(m.check_attempts, m.decision_due_at, :suspectAfterChecks, :suspectAfter)";

    /** What is found among the messages that an index has. */
    static Conditions conditions(MessageFilter filter) {
        return Conditions.ofMessage(filter)
                .andIf(filter.isOverdue(), "m.decision_due_at < now()")
                .andIf(filter.isSuspect(), IS_SUSPECT);
    }

    @Override
    public Table table() {
        return Table.MESSAGE;
    }

    @Override
    public String select() {
        var range = Conditions.ofRange("id", filter);
        var ofState = Conditions.ofIndex(state);
        return SELECT.with("range", ofState == null ? range : range.and(ofState))
                .sql();
    }

    @Override
    public String condition() {
        return conditions(filter)
                .andIf(state != null && Conditions.ofIndex(state) == null, "m.state = '%s'".formatted(state))
                .toString();
    }

    @Override
    public Cost cost() {
        if (Conditions.ofIndex(state) == null) {
            return ADJACENT;
        }
        return conditions(filter).isEmpty() ? IN_INDEX : SCATTERED;
    }
}
