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

/** Chooses the scans that find what a filter asks for. */
public final class SearchQuery {

    private static final Set<SearchState> OF_MESSAGE = EnumSet.of(PENDING_CONFIRM, CONFIRMED, CANCELLED);

    private SearchQuery() {}

    /** None: nothing can be like that. Two: their finds have no message in common. */
    static List<Scan> scans(MessageFilter filter) {
        if (filter.isOverdue() || filter.isSuspect()) {
            return ofUnfinished(filter);
        }
        if (!isOfDelivery(filter)) {
            return List.of(messages(filter, filter.state()));
        }
        return switch (filter.state()) {
            case PENDING_CONFIRM, CANCELLED -> List.of();
            case CONFIRMED -> List.of(deliveries(filter, null));
            case null, default -> List.of(deliveries(filter, filter.state()));
        };
    }

    private static List<Scan> ofUnfinished(MessageFilter filter) {
        var states = filter.states();
        var scans = new ArrayList<Scan>();
        if (filter.cause() != null) {
            return scans; // what has ended is neither overdue nor suspect
        }
        if (states.contains(PENDING_CONFIRM) && !isOfDelivery(filter)) {
            scans.add(messages(filter, PENDING_CONFIRM));
        }
        if (!filter.isSuspect() && !disjoint(states, EnumSet.of(SENDING, CONFIRMED))) {
            scans.add(deliveries(filter, SENDING));
        }
        return scans;
    }

    /** Whether only messages are found whose deliveries are. */
    private static boolean isOfDelivery(MessageFilter filter) {
        return filter.subscription() != null
                || filter.cause() != null
                || filter.minAttempts() != null
                || disjoint(filter.states(), OF_MESSAGE);
    }

    private static Scan messages(MessageFilter filter, @Nullable SearchState state) {
        return filter.key() == null ? new MessageScan(filter, state) : new MessageKeyScan(filter, state);
    }

    private static Scan deliveries(MessageFilter filter, @Nullable SearchState state) {
        if (filter.key() != null) {
            return new DeliveryKeyScan(filter, state);
        }
        return filter.cause() == null ? new DeliveryScan(filter, state) : new CauseScan(filter, state);
    }

    /** SQL: which deliveries {@code d} of a message that is found are meant; all, if the filter says nothing of them. */
    public static String ofDelivery(MessageFilter filter) {
        return Conditions.ofDelivery(filter)
                .andIf(filter.cause() != null, "d.cause_id = :cause AND d.state IN ('DEAD', 'REJECTED')")
                .andIf(
                        filter.state() != null && !OF_MESSAGE.contains(filter.state()),
                        "d.state = '%s'".formatted(filter.state()))
                .toString();
    }
}
