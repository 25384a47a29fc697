package io.reliablemessage.service.decision;

import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.platform.database.OfGroupCommit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The same statements over the connections of group commit, and over those of transactions that operators' actions are in. */
@Component
class DecisionStores {

    private final DecisionStore ofGroupCommit;
    private final DecisionStore general;

    DecisionStores(
            @OfGroupCommit JdbcClient groupCommit,
            JdbcClient general,
            ContentReader contents,
            LedgerProperties properties) {
        this.ofGroupCommit = new DecisionStore(groupCommit, contents, properties);
        this.general = new DecisionStore(general, contents, properties);
    }

    DecisionStore ofGroupCommit() {
        return ofGroupCommit;
    }

    DecisionStore general() {
        return general;
    }
}
