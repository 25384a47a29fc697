package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.jobs.OperationsReport;
import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Goes round the operations, a page at a time, so that a large one does not keep the others waiting. */
@Component
class OperationScheduler {

    private static final Logger log = LoggerFactory.getLogger(OperationScheduler.class);
    private static final int PAGE = 100;
    private static final int MAX_LOOKED_AT = 10 * OperationProgress.PAGE;

    private final OperationStepStore operations;
    private final OperationProgressStore resent;
    private final OperationSteps steps;
    private final OperationProgress looks;

    OperationScheduler(
            OperationStepStore operations,
            OperationProgressStore resent,
            OperationSteps steps,
            OperationProgress looks) {
        this.operations = operations;
        this.resent = resent;
        this.steps = steps;
        this.looks = looks;
    }

    /** Looks first: a canary that is consumed releases the others. */
    OperationsReport run(int limit) {
        var seen = look();
        var done = new int[1];
        var isMore = goRound(operations.active(), () -> done[0] < limit, id -> {
            var step = steps.take(id, Math.min(PAGE, limit - done[0]));
            done[0] += step.done();
            return step.goesOn();
        });
        return new OperationsReport(done[0], seen, isMore);
    }

    private int look() {
        var lookedAt = new int[1];
        var seen = new int[1];
        goRound(resent.due(), () -> lookedAt[0] < MAX_LOOKED_AT, id -> {
            var look = looks.take(id);
            lookedAt[0] += look.lookedAt();
            seen[0] += look.seen();
            return look.goesOn();
        });
        return seen[0];
    }

    /**
     * Gives each a turn, and another one as long as it goes on.
     *
     * @return whether some would have gone on
     */
    private static boolean goRound(List<UUID> ids, BooleanSupplier isAllowed, Predicate<UUID> turn) {
        var turns = new ArrayDeque<>(ids);
        while (!turns.isEmpty() && isAllowed.getAsBoolean()) {
            var id = turns.removeFirst();
            try {
                if (turn.test(id)) {
                    turns.addLast(id);
                }
            } catch (RuntimeException failed) {
                // The others get their turn, and this one the next call's.
                log.atWarn()
                        .addKeyValue("operation", id)
                        .setCause(failed)
                        .log("an operation could not be taken further");
            }
        }
        return !turns.isEmpty();
    }
}
