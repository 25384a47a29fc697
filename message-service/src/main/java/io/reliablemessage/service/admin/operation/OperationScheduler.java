package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.jobs.OperationsReport;
import io.reliablemessage.service.admin.operation.OperationProgress.Update;
import io.reliablemessage.service.admin.operation.OperationSteps.Step;
import org.springframework.stereotype.Component;

/** Advances operations in turn, a page at a time, so that a large one does not delay the others. */
@Component
class OperationScheduler {

    private static final int PAGE = 100;
    private static final int MAX_READ = 10 * OperationProgress.PAGE;

    private final OperationStepStore operations;
    private final OperationProgressStore resent;
    private final OperationSteps steps;
    private final OperationProgress progress;

    OperationScheduler(
            OperationStepStore operations,
            OperationProgressStore resent,
            OperationSteps steps,
            OperationProgress progress) {
        this.operations = operations;
        this.resent = resent;
        this.steps = steps;
        this.progress = progress;
    }

    /** Updates results first: a consumed canary releases the others. */
    OperationsReport run(int limit) {
        var seen = update();
        var done = 0;
        var turns = new OperationTurns(operations.active());
        while (turns.remain() && done < limit) {
            var most = Math.min(PAGE, limit - done);
            done += turns.next(id -> steps.take(id, most)).map(Step::done).orElse(0);
        }
        return new OperationsReport(done, seen, turns.remain());
    }

    private int update() {
        var read = 0;
        var seen = 0;
        var turns = new OperationTurns(resent.due());
        while (turns.remain() && read < MAX_READ) {
            var update = turns.next(progress::take).orElse(Update.NONE);
            read += update.read();
            seen += update.seen();
        }
        return seen;
    }
}
