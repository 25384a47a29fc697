package io.reliablemessage.service.redelivery;

import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs the statements that process overdue deliveries, for tests of plans. */
public final class ClaimStatements {

    private final RedeliveryStore store;

    public ClaimStatements(JdbcClient jdbc, ContentReader contents, LedgerProperties properties) {
        store = new RedeliveryStore(jdbc, contents, properties);
    }

    public List<MessageId> takeUp(String subscription, int limit) {
        return ids(store.takeUp(subscription, limit, false));
    }

    public List<MessageId> takeUpNeverSent(String subscription, int limit) {
        return ids(store.takeUpNeverSent(subscription, limit));
    }

    private static List<MessageId> ids(RedeliveryStore.ClaimedPage taken) {
        return taken.dispatches().stream().map(Dispatch::id).toList();
    }
}
