package io.reliablemessage.service.admin.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Service;
import io.reliablemessage.service.admin.cause.CauseCounts;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs the statements that count backlogs, for tests of plans. */
public final class BacklogStatements {

    private final BacklogStore store;

    public BacklogStatements(JdbcClient jdbc, LedgerTransactions ledger, Service service) {
        store = new BacklogStore(jdbc, ledger, service.bean(CauseCounts.class), service.bean(LedgerProperties.class));
    }

    public void subscriptionWaits(String name, int sending) {
        assertThat(store.ofSubscriptions(List.of(name, "none")).get(name))
                .isEqualTo(new BacklogStore.OfSubscription(sending, false, 0, 0));
    }

    public void producerWaits(String name, int pending, int overdue) {
        assertThat(store.ofProducers(List.of(name, "none")))
                .containsEntry(name, new BacklogStore.OfProducer(pending, false, overdue))
                .containsEntry("none", new BacklogStore.OfProducer(0, false, 0));
    }
}
