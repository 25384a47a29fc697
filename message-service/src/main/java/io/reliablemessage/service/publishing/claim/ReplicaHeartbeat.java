package io.reliablemessage.service.publishing.claim;

import io.reliablemessage.service.publishing.Publishing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Tells the ledger every second that this replica is alive, and up to when all that it claimed was offered to the broker
 * or given back. After its death the claims since then are in doubt, and are sent again without being counted.
 */
@Component
class ReplicaHeartbeat implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReplicaHeartbeat.class);
    private static final Duration MAX_AGE = Duration.ofMinutes(2);

    private final ReplicaStore replicas;
    private final Claims claims;
    private UUID id = UUID.randomUUID();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private @Nullable Instant offeredUntil;
    private volatile boolean running;

    ReplicaHeartbeat(ReplicaStore replicas, Claims claims) {
        this.replicas = replicas;
        this.claims = claims;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    synchronized void beat() {
        if (running) {
            try {
                tell();
            } catch (DataAccessException | TransactionException failed) {
                log.atDebug().setCause(failed).log("the heartbeat could not be written, tried again in a second");
            }
        }
    }

    /** The time comes from the database before the epoch begins, so that claims of the epoch are later. */
    private void tell() {
        while (!marks.isEmpty() && claims.areClosedBefore(marks.getFirst().epoch)) {
            offeredUntil = marks.removeFirst().at;
        }
        if (!marks.isEmpty() && marks.getFirst().age().compareTo(MAX_AGE) > 0) {
            leaveInDoubt();
        }
        var now = replicas.seen(id, offeredUntil);
        marks.addLast(new Mark(claims.nextEpoch(), now, System.nanoTime()));
    }

    /** What is claimed for so long was lost on its way. As another replica, this one does not hold up what follows. */
    private void leaveInDoubt() {
        log.atError()
                .addKeyValue("since", marks.getFirst().at)
                .log("claims were neither offered nor given back, they are in doubt");
        id = UUID.randomUUID();
        offeredUntil = null;
        marks.clear();
        claims.forget();
    }

    @Override
    public synchronized void start() {
        replicas.forget();
        tell();
        running = true;
    }

    /** What it had left is in doubt, as after a death. */
    @Override
    public synchronized void stop() {
        running = false;
        if (claims.areClosed()) {
            try {
                replicas.ended(id);
            } catch (DataAccessException | TransactionException failed) {
                log.atDebug().setCause(failed).log("the end of this replica could not be written");
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before anything is claimed, and stops when all is given back. */
    @Override
    public int getPhase() {
        return Publishing.PHASE - 2;
    }

    /** @param at by the database's clock; claims of this epoch and of later ones were made after it */
    private record Mark(long epoch, Instant at, long since) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }
}
