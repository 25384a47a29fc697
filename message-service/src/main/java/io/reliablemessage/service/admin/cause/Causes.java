package io.reliablemessage.service.admin.cause;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;

import io.reliablemessage.adminapi.cause.CauseQuery;
import io.reliablemessage.adminapi.cause.CauseTrendView;
import io.reliablemessage.adminapi.cause.CausesView;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.admin.audit.AuditLog;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.admin.cause.CauseStore.Place;
import io.reliablemessage.service.admin.cause.CauseStore.Selection;
import io.reliablemessage.service.admin.common.Cursor;
import io.reliablemessage.service.admin.common.QueryRules;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.problem.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists the causes of failed deliveries in pages, and keeps operators' notes on them. */
@Component
public class Causes {

    private final CauseStore causes;
    private final CauseTrendStore trends;
    private final AuditLog audit;
    private final LedgerTransactions ledger;

    Causes(CauseStore causes, CauseTrendStore trends, AuditLog audit, LedgerTransactions ledger) {
        this.causes = causes;
        this.trends = trends;
        this.audit = audit;
        this.ledger = ledger;
    }

    CausesView list(CauseQuery query, @Nullable String cursor, int limit) {
        var selection = selection(query);
        var page = causes.list(selection, Cursor.read(selection, cursor, Causes::place), limit);
        var next = page.next();
        return new CausesView(
                page.bucket(), page.causes(), next == null ? null : Cursor.behind(selection, next.lastAt(), next.id()));
    }

    CauseTrendView trend(CauseQuery query) {
        return trends.read(selection(query));
    }

    private static Selection selection(CauseQuery query) {
        var state = query.state();
        if (state != null && state != DeliveryState.DEAD && state != DeliveryState.REJECTED) {
            throw new Problem(INVALID_REQUEST, "state takes DEAD and REJECTED: nothing else has a cause.");
        }
        return new Selection(
                query.window(),
                QueryRules.name("topic", query.topic()),
                QueryRules.name("subscription", query.subscription()),
                state);
    }

    private static Place place(List<String> words) {
        var lastAt = QueryRules.within("cursor", Instant.parse(words.getFirst()));
        return new Place(lastAt, UUID.fromString(words.getLast()));
    }

    /** Counts dead and rejected deliveries by topic. */
    public Map<String, FailureCounts> standing(Collection<String> topics) {
        return causes.standing(topics);
    }

    public int metLately() {
        return causes.metLately();
    }

    void note(UUID cause, @Nullable String text, OperatorAction action) {
        ledger.commit(() -> {
            if (!causes.note(cause, text, action.actor())) {
                throw new Problem(NOT_FOUND, "There is no such cause.");
            }
            audit.record("NOTE", cause.toString(), action);
            return true;
        });
    }
}
