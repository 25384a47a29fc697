package io.reliablemessage.service.publishing.claim;

import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.platform.database.SqlState;
import io.reliablemessage.service.publishing.Publishing;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Runs transactions that count sends in the ledger. One whose outcome is not known is resolved later. */
@Component
public class ClaimingTransactions {

    private final Claims claims;
    private final Publishing publishing;
    private final UnresolvedClaims unresolved;

    ClaimingTransactions(Claims claims, Publishing publishing, UnresolvedClaims unresolved) {
        this.claims = claims;
        this.publishing = publishing;
        this.unresolved = unresolved;
    }

    /**
     * Does work that claims sends and commits them.
     *
     * @param claimed what it may have claimed, asked when its outcome is not known
     */
    public <T> T run(Supplier<List<Doubtful>> claimed, Function<Claim, T> transaction) {
        var claim = claims.open(publishing.accepts());
        var isResolved = true;
        try {
            return transaction.apply(claim);
        } catch (RuntimeException | Error failure) {
            if (failure instanceof Error || SqlState.mayBeCommitted(failure)) {
                isResolved = false;
                unresolved.add(claim, claimed.get());
            }
            throw failure;
        } finally {
            if (isResolved) {
                claim.settle();
            }
        }
    }
}
