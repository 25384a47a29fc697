package io.reliablemessage.service.epoch;

import io.reliablemessage.service.platform.database.CallTimeout;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.database.NeedsDatabaseAtStartup;
import io.reliablemessage.service.platform.database.SqlState;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Reads the epoch every second, and at start and every three seconds checks whether the ledger was restored.
 *
 * <p>While the database is away, the last known epoch stays. It may be too old, which is safe, and never too new.
 */
@Component
@NeedsDatabaseAtStartup
class EpochLoop implements InitializingBean {

    private static final Logger log = LoggerFactory.getLogger(EpochLoop.class);
    private static final int OBSERVE_EVERY = 3;
    private static final Duration MAX_TURN = Duration.ofSeconds(10);
    private static final Duration MAX_WAIT_FOR_OTHERS = Duration.ofSeconds(5);

    private final UUID replica = UUID.randomUUID();
    private final EpochStore store;
    private final EpochCache cache;
    private final LedgerTransactions ledger;
    private ReplicaMemory memory = ReplicaMemory.EMPTY;
    private int turns;

    EpochLoop(EpochStore store, EpochCache cache, LedgerTransactions ledger) {
        this.store = store;
        this.cache = cache;
        this.ledger = ledger;
    }

    /** Before the first call is answered. */
    @Override
    public void afterPropertiesSet() {
        store.forget();
        observe();
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.SECONDS)
    @SuppressWarnings("try") // held open
    void turn() {
        try (var limited = CallTimeout.of(MAX_TURN)) {
            if (++turns % OBSERVE_EVERY == 0 || isBehind()) {
                observe();
            }
        } catch (DataAccessException | TransactionException | SqlState.CommitFailed failed) {
            log.atDebug().setCause(failed).log("the epoch could not be read, tried again in a second");
        }
    }

    /** Whether the newest epoch is older than the one that this replica knows. */
    private boolean isBehind() {
        var newest = store.newest();
        if (newest.number() < cache.number()) {
            return true;
        }
        learn(newest, false);
        return false;
    }

    /** Begins an epoch if the ledger was restored, and writes this replica's beat; replicas take turns. */
    synchronized void observe() {
        var observed = ledger.commit(MAX_WAIT_FOR_OTHERS, () -> {
            store.lock();
            var observation = store.observe(replica, memory);
            if (observation.isServerNew()) {
                store.seeServer(observation.newest());
            }
            var begun = observation
                    .restore(memory, cache.number())
                    .map(cause -> store.begin(observation.lastBeat(), cause, cache.number()));
            var epoch = begun.orElse(observation.newest());
            return new Observed(epoch, begun.isPresent(), store.beat(replica, memory.beat(), epoch));
        });
        memory = observed.memory; // after the commit: a beat that was perhaps not committed must not be missed
        learn(observed.epoch, observed.hasBegun);
    }

    private void learn(Epoch epoch, boolean hasBegun) {
        var isFirst = cache.number() == 0;
        if (cache.advance(epoch) && (hasBegun || !isFirst)) {
            log.atWarn()
                    .addKeyValue("epoch", epoch.number())
                    .addKeyValue("restoredTo", epoch.restoredTo())
                    .addKeyValue("cause", epoch.cause())
                    .log("the ledger was restored, a new epoch began: producers send again what they sent since");
        }
    }

    private record Observed(Epoch epoch, boolean hasBegun, ReplicaMemory memory) {}
}
