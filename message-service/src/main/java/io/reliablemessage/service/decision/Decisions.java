package io.reliablemessage.service.decision;

import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.platform.groupcommit.GroupCommit;
import io.reliablemessage.service.platform.groupcommit.GroupCommits;
import io.reliablemessage.service.publishing.Publishing;
import java.util.List;
import org.springframework.stereotype.Component;

/** Decides messages, whoever decides: all in one group commit, and confirmed messages are sent after the commit. */
@Component
public class Decisions {

    private final DecisionStore decisions;
    private final Publishing publishing;
    private final TransitionMetrics metrics;
    private final GroupCommit<DecisionRequest, DecisionResult> groupCommit;

    Decisions(DecisionStore decisions, Publishing publishing, TransitionMetrics metrics, GroupCommits groupCommits) {
        this.decisions = decisions;
        this.publishing = publishing;
        this.metrics = metrics;
        this.groupCommit = groupCommits.open("decision", decision -> 0, this::decideAll);
    }

    public GroupCommit<DecisionRequest, DecisionResult> groupCommit() {
        return groupCommit;
    }

    // One statement, so it commits by itself. Whether publishing takes the deliveries is decided before the
    // statement, because it is part of what is committed.
    private List<DecisionResult> decideAll(List<DecisionRequest> batch) {
        var decided = decide(batch, sendsAtOnce());
        committed(batch, decided);
        return decided;
    }

    /** Whether confirmed messages are sent at once; call it before a transaction that decides. */
    public boolean sendsAtOnce() {
        return publishing.accepts();
    }

    /** Decides in the caller's transaction. */
    public List<DecisionResult> decide(List<DecisionRequest> requests, boolean sendsAtOnce) {
        return decisions.decide(requests, sendsAtOnce);
    }

    /** Counts and publishes the results of {@link #decide}, after the commit. */
    public void committed(List<DecisionRequest> requests, List<DecisionResult> decided) {
        for (var i = 0; i < requests.size(); i++) {
            if (decided.get(i) instanceof DecisionResult.Applied applied) {
                metrics.count(requests.get(i).transition(), 1);
                publishing.publish(applied.dispatches());
            }
        }
    }
}
