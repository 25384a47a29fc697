package io.reliablemessage.service.admin.search;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.service.platform.database.SqlTemplate;
import org.jspecify.annotations.Nullable;

/** The messages of one key, newest first, over the index by its hash. */
record MessageKeyScan(MessageFilter filter, @Nullable SearchState state) implements Scan {

    private static final SqlTemplate SELECT = new SqlTemplate("""
            SELECT id, topic, producer, key, state, created_at, decision_due_at, check_attempts
              FROM message
             WHERE {range}
               AND hashtext(key) = hashtext(:key)""");

    static String select(MessageFilter filter) {
        return SELECT.with("range", Conditions.ofRange("id", filter)).sql();
    }

    @Override
    public Table table() {
        return Table.MESSAGE;
    }

    @Override
    public String select() {
        return select(filter);
    }

    @Override
    public String condition() {
        return MessageScan.conditions(filter)
                .andIf(state != null, "m.state = '%s'".formatted(state))
                .toString();
    }

    @Override
    public Cost cost() {
        return Cost.SCATTERED;
    }
}
