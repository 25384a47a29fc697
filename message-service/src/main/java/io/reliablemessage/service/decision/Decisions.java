package io.reliablemessage.service.decision;

import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.platform.database.AfterCommit;
import io.reliablemessage.service.platform.groupcommit.GroupCommit;
import io.reliablemessage.service.platform.groupcommit.GroupCommits;
import io.reliablemessage.service.publishing.Publishing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides messages, whoever decides: all in one group commit, and confirmed messages are sent after the commit. */
@Component
public class Decisions {

    private final DecisionStores stores;
    private final Publishing publishing;
    private final TransitionMetrics metrics;
    private final GroupCommit<DecisionRequest, DecisionResult> groupCommit;

    Decisions(DecisionStores stores, Publishing publishing, TransitionMetrics metrics, GroupCommits groupCommits) {
        this.stores = stores;
        this.publishing = publishing;
        this.metrics = metrics;
        this.groupCommit = groupCommits.open("decision", decision -> 0, DecisionRequest::id, new Writer());
    }

    public GroupCommit<DecisionRequest, DecisionResult> groupCommit() {
        return groupCommit;
    }

    /** Whether confirmed messages are sent at once; call it before a transaction that decides. */
    public boolean sendsAtOnce() {
        return publishing.accepts();
    }

    /**
     * Decides in the caller's transaction.
     *
     * @return one outcome per request, in order; null: it was changed meanwhile, and has to be decided again
     */
    public List<@Nullable DecisionResult> decide(List<DecisionRequest> requests, boolean sendsAtOnce) {
        return stores.general().decide(requests, sendsAtOnce);
    }

    /** The same in a transaction of group commit's own. */
    public List<@Nullable DecisionResult> decideTogether(List<DecisionRequest> requests, boolean sendsAtOnce) {
        return stores.ofGroupCommit().decide(requests, sendsAtOnce);
    }

    /** Publishes and counts the result of a decision, after its commit. */
    public void committed(DecisionRequest request, DecisionResult decided) {
        if (decided instanceof DecisionResult.Applied applied) {
            AfterCommit.run(() -> publishing.publish(applied.dispatches()));
            metrics.count(request.transition(), 1);
        }
    }

    private final class Writer implements GroupCommit.Writer<DecisionRequest, DecisionResult> {

        // One statement, so it commits by itself. Whether publishing takes the deliveries is decided before the
        // statement, because it is part of what is committed.
        @Override
        public List<@Nullable DecisionResult> write(List<DecisionRequest> requests) {
            return decideTogether(requests, sendsAtOnce());
        }

        @Override
        public void committed(DecisionRequest request, DecisionResult result) {
            Decisions.this.committed(request, result);
        }
    }
}
