package io.reliablemessage.service.decision;

import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.platform.database.AfterCommit;
import io.reliablemessage.service.platform.groupcommit.GroupCommit;
import io.reliablemessage.service.platform.groupcommit.GroupCommits;
import io.reliablemessage.service.publishing.Publishing;
import io.reliablemessage.service.publishing.claim.ClaimingTransactions;
import io.reliablemessage.service.publishing.claim.Doubtful;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides messages, whoever decides: all in one group commit, and confirmed messages are sent after the commit. */
@Component
public class Decisions {

    private final DecisionStores stores;
    private final ClaimingTransactions claiming;
    private final Publishing publishing;
    private final TransitionMetrics metrics;
    private final GroupCommit<DecisionRequest, DecisionResult> groupCommit;

    Decisions(
            DecisionStores stores,
            ClaimingTransactions claiming,
            Publishing publishing,
            TransitionMetrics metrics,
            GroupCommits groupCommits) {
        this.stores = stores;
        this.claiming = claiming;
        this.publishing = publishing;
        this.metrics = metrics;
        this.groupCommit = groupCommits.open("decision", decision -> 0, DecisionRequest::id, new Writer());
    }

    public GroupCommit<DecisionRequest, DecisionResult> groupCommit() {
        return groupCommit;
    }

    /** Runs a transaction that decides such messages, and commits; the claim says whether they are sent at once. */
    public <T> T claim(Collection<MessageId> messages, Function<Claim, T> transaction) {
        return claiming.run(() -> messages.stream().map(Doubtful::decided).toList(), transaction);
    }

    /**
     * Decides in the caller's transaction.
     *
     * @return one outcome per request, in order; null: it was changed meanwhile, and has to be decided again
     */
    public List<@Nullable DecisionResult> decide(List<DecisionRequest> requests, Claim claim) {
        return stores.general().decide(requests, claim);
    }

    /** The same in a transaction of group commit's own. */
    public List<@Nullable DecisionResult> decideTogether(List<DecisionRequest> requests, Claim claim) {
        return stores.ofGroupCommit().decide(requests, claim);
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
            var messages = requests.stream().map(DecisionRequest::id).toList();
            return claim(messages, claim -> decideTogether(requests, claim));
        }

        @Override
        public void committed(DecisionRequest request, DecisionResult result) {
            Decisions.this.committed(request, result);
        }
    }
}
