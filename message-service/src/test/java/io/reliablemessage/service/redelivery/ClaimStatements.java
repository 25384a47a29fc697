package io.reliablemessage.service.redelivery;

import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.redelivery.RedeliveryStore.Due;
import io.reliablemessage.service.redelivery.RedeliveryStore.Terms;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs the statements that process overdue deliveries, for tests of plans. */
public final class ClaimStatements {

    private final RedeliveryStore store;

    public ClaimStatements(JdbcClient jdbc, ContentReader contents, LedgerProperties properties) {
        store = new RedeliveryStore(jdbc, contents, properties);
    }

    public List<MessageId> takeUp(String subscription, int limit) {
        var terms = terms(subscription);
        return claim(terms, store.lock(terms, limit));
    }

    public List<MessageId> takeUpNeverSent(String subscription, int limit) {
        var terms = terms(subscription);
        return claim(terms, store.lockNeverSent(terms, limit));
    }

    private Terms terms(String subscription) {
        return store.terms(subscription).orElseThrow();
    }

    private List<MessageId> claim(Terms terms, List<Due> locked) {
        return store.claim(new Claim(true, () -> {}), terms, locked).stream()
                .map(Dispatch::id)
                .toList();
    }
}
