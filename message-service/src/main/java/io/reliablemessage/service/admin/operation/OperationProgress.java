package io.reliablemessage.service.admin.operation;

import io.reliablemessage.service.admin.audit.AuditLog;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.admin.operation.OperationProgressStore.CanaryDecision;
import io.reliablemessage.service.admin.operation.OperationProgressStore.Resent;
import io.reliablemessage.service.admin.operation.OperationTargetStore.ResendOutcome;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Updates the results of resent deliveries, page by page, so that acks need not know operations. */
@Component
class OperationProgress {

    static final int PAGE = 1_000;

    private static final OperatorAction CANARY_NOT_CONSUMED =
            new OperatorAction("service", "a canary was not consumed");

    private final OperationProgressStore progress;
    private final OperationTargetStore targets;
    private final AuditLog audit;
    private final LedgerTransactions ledger;

    OperationProgress(
            OperationProgressStore progress, OperationTargetStore targets, AuditLog audit, LedgerTransactions ledger) {
        this.progress = progress;
        this.targets = targets;
        this.audit = audit;
        this.ledger = ledger;
    }

    Update take(UUID id) {
        return ledger.commit(
                () -> progress.lease(id).map(after -> update(id, after)).orElse(Update.NONE));
    }

    private Update update(UUID id, DeliveryId after) {
        var page = progress.page(id, after, PAGE);
        var seen = page.isEmpty() ? 0 : see(id, page);
        var isLast = page.size() < PAGE;
        if (isLast) {
            progress.beginAnew(id);
        } else {
            progress.goOn(id, page.getLast().name());
        }
        if (progress.decideCanary(id) == CanaryDecision.PAUSED) {
            audit.record("PAUSE_OPERATION", id.toString(), CANARY_NOT_CONSUMED);
        }
        return new Update(page.size(), seen, !isLast);
    }

    private int see(UUID id, List<Resent> page) {
        var outcomes =
                targets
                        .outcomes(
                                page.stream().map(Resent::name).toList(),
                                page.stream().map(Resent::at).toList())
                        .stream()
                        .collect(Collectors.toMap(ResendOutcome::name, Function.identity()));
        var before = new ArrayList<Resent>();
        var after = new ArrayList<Resent>();
        for (var item : page) {
            var now = item.seen(Objects.requireNonNull(outcomes.get(item.name())));
            if (!now.equals(item)) {
                before.add(item);
                after.add(now);
            }
        }
        if (!after.isEmpty()) {
            progress.write(id, before, after);
        }
        return after.size();
    }

    /**
     * The result of an update.
     *
     * @param seen deliveries with a new result
     * @param goesOn more pages are left
     */
    record Update(int read, int seen, boolean goesOn) implements OperationTurns.Turn {

        static final Update NONE = new Update(0, 0, false);
    }
}
