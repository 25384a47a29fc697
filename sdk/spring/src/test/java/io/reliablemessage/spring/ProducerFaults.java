package io.reliablemessage.spring;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/** Runs rounds of a kind of fault and accounts for every order and every message afterwards. */
final class ProducerFaults implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    final ProducerRig rig;
    final Jpa jpa;
    final MyBatis myBatis;

    ProducerFaults(HikariDataSource pool, FaultKind kind) {
        rig = new ProducerRig(pool, kind.settings());
        jpa = new Jpa(rig.database);
        myBatis = new MyBatis(rig.database);
    }

    /**
     * What became of the rounds.
     *
     * @param effective rounds in which the fault took place
     * @param orders committed transactions
     * @param lost orders without a delivered message
     * @param ghosts delivered messages without an order
     */
    record Account(String kind, int injected, int effective, int orders, int lost, int ghosts) {

        @Override
        public String toString() {
            return "%-40s %5d injected %5d effective %5d orders %3d lost %3d ghosts"
                    .formatted(kind, injected, effective, orders, lost, ghosts);
        }
    }

    Account run(FaultKind kind, int rounds) {
        var effective = 0;
        for (var round = 0; round < rounds; round++) {
            var number = kind.name() + "-" + round;
            var before = hits();
            try {
                kind.round().run(this, number);
            } catch (Exception partOfTheFault) {
                // whether the transaction committed is read from the database
            } finally {
                JpaOrder.PERSISTED.remove();
                if (kind.duration() == FaultKind.Duration.ROUND) {
                    rig.network.heal();
                    closeBreaker(number);
                }
            }
            effective += hits() > before ? 1 : 0;
        }
        if (kind.duration() == FaultKind.Duration.UNTIL_MET) {
            Awaitility.await().atMost(LIMIT).pollInterval(PAUSE).until(() -> {
                rig.hurry();
                return hits() >= rounds;
            });
        } else if (kind.duration() == FaultKind.Duration.UNTIL_END) {
            Awaitility.await().atMost(LIMIT).until(() -> hits() > 0);
        }
        rig.settle();
        var orders = rig.orders();
        var delivered = rig.delivered();
        var lost = new TreeSet<>(orders);
        lost.removeAll(delivered);
        var ghosts = new ArrayList<>(delivered);
        ghosts.removeAll(orders);
        return new Account(
                kind.name(),
                rounds,
                switch (kind.duration()) {
                    case ALWAYS -> rounds;
                    case ROUND -> effective;
                    case UNTIL_MET, UNTIL_END -> Math.min(hits(), rounds);
                },
                orders.size(),
                lost.size(),
                ghosts.size());
    }

    /** On a busy machine even a healthy service may answer too late; then the next round closes it. */
    private void closeBreaker(String number) {
        try {
            rig.transaction.executeWithoutResult(tx -> rig.place(number + "-closes-the-breaker"));
        } catch (NotPreparedException late) {
            // rolled back, and accounted for like all others
        }
    }

    private int hits() {
        return rig.network.hits() + rig.database.hits();
    }

    @Override
    public void close() {
        jpa.close();
        rig.close();
    }
}
