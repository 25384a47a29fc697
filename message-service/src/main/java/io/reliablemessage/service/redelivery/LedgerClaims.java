package io.reliablemessage.service.redelivery;

import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.publishing.claim.ClaimingTransactions;
import io.reliablemessage.service.publishing.claim.Doubtful;
import io.reliablemessage.service.redelivery.RedeliveryPages.Page;
import java.util.ArrayList;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Commits pages whose sends are claimed. */
@Component
class LedgerClaims {

    private final LedgerTransactions ledger;
    private final ClaimingTransactions claiming;

    LedgerClaims(LedgerTransactions ledger, ClaimingTransactions claiming) {
        this.ledger = ledger;
        this.claiming = claiming;
    }

    Page commit(Function<Claim, Page> page) {
        var claimed = new ArrayList<Dispatch>();
        return claiming.run(
                () -> claimed.stream().map(Doubtful::sent).toList(),
                claim -> ledger.commit(() -> {
                    var taken = page.apply(claim);
                    claimed.addAll(taken.dispatches());
                    return taken;
                }));
    }
}
