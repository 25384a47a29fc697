package io.reliablemessage.service.admin.operation;

import static io.reliablemessage.adminapi.operation.OperationOutcome.DISCARDED;
import static io.reliablemessage.adminapi.operation.OperationOutcome.FAILED;
import static io.reliablemessage.adminapi.operation.OperationOutcome.RESENT;
import static io.reliablemessage.adminapi.operation.OperationOutcome.SKIPPED;

import io.reliablemessage.adminapi.operation.OperationAction;
import io.reliablemessage.adminapi.operation.SkipReason;
import io.reliablemessage.service.admin.action.MessageActions;
import io.reliablemessage.service.admin.operation.OperationStepStore.Leased;
import io.reliablemessage.service.admin.operation.OperationStepStore.Result;
import io.reliablemessage.service.admin.operation.OperationTargetStore.Target;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.database.SqlState;
import io.reliablemessage.service.platform.problem.OneLine;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Applies an operation's action to its next deliveries. The action and its record are one transaction, so a process
 * that dies in the middle has done neither.
 */
@Component
class OperationSteps {

    private static final int MAX_ERROR_LENGTH = 500;

    private final OperationStepStore steps;
    private final MessageActions deliveries;
    private final OperationTargetStore targets;
    private final OperationProperties properties;
    private final LedgerTransactions ledger;
    private final TransitionMetrics metrics;

    OperationSteps(
            OperationStepStore steps,
            MessageActions deliveries,
            OperationTargetStore targets,
            OperationProperties properties,
            LedgerTransactions ledger,
            TransitionMetrics metrics) {
        this.steps = steps;
        this.deliveries = deliveries;
        this.targets = targets;
        this.properties = properties;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /** @param most how many deliveries; if one of them cannot be written, the others are done without it */
    Step take(UUID id, int most) {
        try {
            var step = ledger.commit(() -> steps.lease(id, most)
                    .filter(leased -> leased.room() > 0)
                    .map(leased -> write(leased, most))
                    .orElse(Step.NONE));
            if (step.transitioned > 0) {
                metrics.count(BulkOperation.step(step.action), step.transitioned);
            }
            return step;
        } catch (Unwritable unwritable) {
            return most > 1 ? take(id, most / 2) : fail(id, unwritable);
        }
    }

    private Step write(Leased leased, int most) {
        var operation = leased.operation();
        var names = steps.next(leased);
        var locked = targets.lock(names, properties.dedupeWindow());
        var results =
                names.stream().map(name -> result(operation, name, locked)).toList();
        var acted = results.stream()
                .filter(result -> result.outcome() != SKIPPED)
                .map(Result::name)
                .toList();
        if (!acted.isEmpty()) {
            act(operation, acted);
        }
        var isOver = steps.advance(operation.id(), results);
        // Skipped items cost nothing, so there is room for more.
        var goesOn = !isOver && (leased.room() == most || acted.size() < names.size());
        return new Step(operation.action(), names.size(), acted.size(), goesOn);
    }

    private static Result result(BulkOperation operation, DeliveryId name, Map<DeliveryId, Target> locked) {
        var target = locked.get(name);
        var skipped = target == null ? SkipReason.GONE : operation.skips(target).orElse(null);
        if (skipped != null) {
            return new Result(name, SKIPPED, skipped.name());
        }
        return new Result(name, operation.action() == OperationAction.RESEND ? RESENT : DISCARDED, null);
    }

    private void act(BulkOperation operation, List<DeliveryId> names) {
        try {
            deliveries.applyToAll(BulkOperation.step(operation.action()), names, operation.act());
        } catch (DataAccessException failed) {
            throw SqlState.of(failed).blamesARequest() ? new Unwritable(names.getFirst(), failed) : failed;
        }
    }

    private Step fail(UUID id, Unwritable unwritable) {
        return ledger.commit(() -> steps.lease(id, 1)
                .filter(leased -> leased.room() > 0
                        && steps.next(leased).equals(List.of(unwritable.name))) // else another replica is ahead
                .map(leased -> {
                    var why = OneLine.of(String.valueOf(unwritable.getMessage()), MAX_ERROR_LENGTH);
                    var isOver = steps.advance(id, List.of(new Result(unwritable.name, FAILED, why)));
                    return new Step(leased.operation().action(), 1, 0, !isOver);
                })
                .orElse(Step.NONE));
    }

    /**
     * The result of a step.
     *
     * @param done deliveries that have an outcome now
     * @param transitioned of these, the resent or discarded ones
     * @param goesOn there is more to do now
     */
    record Step(OperationAction action, int done, int transitioned, boolean goesOn) implements OperationTurns.Turn {
        static final Step NONE = new Step(OperationAction.RESEND, 0, 0, false);
    }

    private static final class Unwritable extends RuntimeException {

        private final transient DeliveryId name;

        Unwritable(DeliveryId name, DataAccessException cause) {
            super(cause.getMostSpecificCause().getMessage(), cause);
            this.name = name;
        }
    }
}
