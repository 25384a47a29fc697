package io.reliablemessage.service.admin.search;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.service.platform.database.SqlTemplate;
import org.jspecify.annotations.Nullable;

/** The messages of one key, newest first; those are found that have a delivery that is sought. */
record DeliveryKeyScan(MessageFilter filter, @Nullable SearchState state) implements Scan {

    // OFFSET 0: else the planner could make it a hash table of all there is.
    private static final SqlTemplate HAS_DELIVERY = new SqlTemplate("""
            EXISTS (
                SELECT FROM delivery d
                 WHERE {delivery}
                OFFSET 0)""");

    @Override
    public Table table() {
        return Table.MESSAGE;
    }

    @Override
    public String select() {
        return MessageKeyScan.select(filter);
    }

    @Override
    public String condition() {
        var delivery = Conditions.ofDelivery(filter)
                .andIf(state != null, "d.state = '%s'".formatted(state))
                .and("d.message_id = m.id")
                .andIf(filter.cause() != null, "cause_id = :cause AND state IN ('DEAD', 'REJECTED')");
        return Conditions.ofMessage(filter)
                .and(HAS_DELIVERY.with("delivery", delivery).sql())
                .toString();
    }

    @Override
    public Cost cost() {
        return Cost.WITH_DELIVERIES;
    }
}
