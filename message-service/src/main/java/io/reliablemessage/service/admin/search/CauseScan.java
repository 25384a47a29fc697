package io.reliablemessage.service.admin.search;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.service.platform.database.SqlTemplate;
import org.jspecify.annotations.Nullable;

/** The deliveries that one cause ended, those of the newest messages first, over the index by cause. */
record CauseScan(MessageFilter filter, @Nullable SearchState state) implements Scan {

    // The last lines are in the words of the index.
    private static final SqlTemplate SELECT = new SqlTemplate("""
            SELECT message_id AS id, subscription, state, due_at, attempts
              FROM delivery
             WHERE {range}
               AND cause_id = :cause
               AND state IN ('DEAD', 'REJECTED')""");

    @Override
    public Table table() {
        return Table.DELIVERY;
    }

    @Override
    public String select() {
        return SELECT.with("range", Conditions.ofRange("message_id", filter)).sql();
    }

    @Override
    public String condition() {
        return DeliveryScan.condition(filter, state);
    }

    @Override
    public Cost cost() {
        return DeliveryScan.costOverIndex(filter);
    }
}
