package io.reliablemessage.service.publishing.claim;

import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.platform.database.DatabaseProperties;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Claims whose transactions may have been committed or not, since the answer was lost. As soon as they cannot be
 * committed any more, what they did claim is given back: nobody has offered it to the broker.
 */
@Component
class UnresolvedClaims {

    private static final Logger log = LoggerFactory.getLogger(UnresolvedClaims.class);
    private static final Duration MAX_IDLE = Duration.ofSeconds(30); // of a session in a transaction
    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final int MOST = 100;

    private final UnresolvedClaimStore store;
    private final Duration wait;
    private final Queue<Unresolved> waiting = new ConcurrentLinkedQueue<>();

    UnresolvedClaims(UnresolvedClaimStore store, DatabaseProperties properties) {
        this.store = store;
        this.wait =
                (properties.maxStatement().compareTo(MAX_IDLE) > 0 ? properties.maxStatement() : MAX_IDLE).plus(MARGIN);
    }

    void add(Claim claim, List<Doubtful> doubtful) {
        waiting.add(new Unresolved(claim, doubtful, System.nanoTime()));
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void resolve() {
        for (var next = waiting.peek(); next != null && next.age().compareTo(wait) >= 0; next = waiting.peek()) {
            try {
                giveBack(next);
            } catch (DataAccessException | TransactionException failed) {
                log.atDebug()
                        .setCause(failed)
                        .log("a claim without an answer could not be resolved, tried again in a second");
                return;
            }
            waiting.remove();
            next.claim.settle();
        }
    }

    private void giveBack(Unresolved unresolved) {
        var doubtful = unresolved.doubtful;
        for (var from = 0; from < doubtful.size(); from += MOST) {
            var some = doubtful.subList(from, Math.min(doubtful.size(), from + MOST));
            var given = store.giveBack(some, unresolved.age());
            if (given > 0) {
                log.atInfo()
                        .addKeyValue("deliveries", given)
                        .log("claims were committed without an answer, they are given back");
            }
        }
    }

    private record Unresolved(Claim claim, List<Doubtful> doubtful, long since) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }
}
