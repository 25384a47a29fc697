package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.CheckbackDecision.COMMITTED;
import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static io.reliablemessage.api.CheckbackDecision.UNKNOWN;
import static io.reliablemessage.service.model.MessageTransition.CANCEL;
import static io.reliablemessage.service.model.MessageTransition.CONFIRM;

import io.reliablemessage.adminapi.jobs.CheckbackFailure;
import io.reliablemessage.adminapi.jobs.CheckbackReport;
import io.reliablemessage.adminapi.jobs.CheckbackReportResult;
import io.reliablemessage.service.checkback.CheckbackAnswerStore.Lease;
import io.reliablemessage.service.decision.DecisionRequest;
import io.reliablemessage.service.decision.DecisionResult;
import io.reliablemessage.service.decision.Decisions;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.groupcommit.CallResult;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Evaluates workers' reports: verdicts always apply, and first; the schedule moves only within the lease. */
@Component
class Checkbacks {

    private static final Logger log = LoggerFactory.getLogger(Checkbacks.class);
    private static final String ACTOR = "check-back";

    private final CheckbackAnswerStore store;
    private final AnswerReader reader;
    private final Decisions decisions;
    private final LedgerTransactions ledger;
    private final CheckbackMetrics metrics;
    private final CheckbackProperties properties;

    Checkbacks(
            CheckbackAnswerStore store,
            AnswerReader reader,
            Decisions decisions,
            LedgerTransactions ledger,
            CheckbackMetrics metrics,
            CheckbackProperties properties) {
        this.store = store;
        this.reader = reader;
        this.decisions = decisions;
        this.ledger = ledger;
        this.metrics = metrics;
        this.properties = properties;
    }

    CheckbackReportResult report(UUID id, CheckbackReport report) {
        var lease = store.find(id);
        if (lease.isEmpty()) {
            return new CheckbackReportResult(0, 0, 0, true); // too late: the lease is deleted
        }
        if (report.failure() == CheckbackFailure.NOT_SENT) {
            return giveBack(lease.get());
        }
        var answers = reader.read(lease.get(), report);
        return lease.get().isProbe() ? probed(lease.get(), answers) : apply(lease.get(), answers);
    }

    /** Nothing can be rolled back or committed that does not exist, in a store that does not exist. */
    private CheckbackReportResult probed(Lease lease, Answers answers) {
        if (answers.isFailure()) {
            return giveBack(lease); // the next one is due in minutes already
        }
        var answer = answers.decisions().firstEntry().getValue();
        if (answer != UNKNOWN) {
            log.atError()
                    .addKeyValue("application", lease.application())
                    .addKeyValue("answer", answer)
                    .log("a check URL decides a message that does not exist, in a store that does not exist");
        }
        metrics.probed(answer);
        var isInTime = ledger.commit(() ->
                store.probed(lease, answer == ROLLED_BACK, properties.probeInterval(), CheckbackLeasing.PROBE_RETRY));
        return new CheckbackReportResult(0, 0, 0, !isInTime);
    }

    private CheckbackReportResult giveBack(Lease lease) {
        var isInTime = ledger.commit(() -> store.giveBack(lease));
        return new CheckbackReportResult(0, 0, lease.messages().size(), !isInTime);
    }

    private CheckbackReportResult apply(Lease lease, Answers answers) {
        var decided = decide(lease, answers);
        var isInTime = settle(lease, answers);
        metrics.answered(answers, !isInTime);
        var confirmed = 0;
        var cancelled = 0;
        var undecided = answers.decisions().size() - decided.size();
        for (var one : decided) {
            switch (one) {
                case DecisionResult.Applied(var id, var state, var dispatches) -> {
                    if (answers.decisions().get(id) == COMMITTED) {
                        confirmed++;
                    } else {
                        cancelled++;
                    }
                }
                case DecisionResult.Unroutable unroutable -> undecided++;
                default -> {} // somebody else decided before, and the first decision stands
            }
        }
        return new CheckbackReportResult(confirmed, cancelled, undecided, !isInTime);
    }

    private List<DecisionResult> decide(Lease lease, Answers answers) {
        var requests = answers.decisions().entrySet().stream()
                .filter(answer -> answer.getValue() != UNKNOWN)
                .map(answer -> new DecisionRequest(
                        answer.getKey(), lease.application(), ACTOR, answer.getValue() == COMMITTED ? CONFIRM : CANCEL))
                .toList();
        return decisions.groupCommit().submitAll(requests).stream()
                .map(CallResult::orThrow)
                .toList();
    }

    private boolean settle(Lease lease, Answers answers) {
        return ledger.commit(() -> {
            var isInTime = store.settle(lease, answers.texts(), properties.lease(), properties.maxInterval());
            if (isInTime) {
                store.pace(lease, answers.isFailure(), properties.backOffAfter(), properties.maxBackOff());
            } else {
                store.noteLate(lease, answers.verdictTexts());
            }
            return isInTime;
        });
    }
}
