package io.reliablemessage.service.publishing;

import io.reliablemessage.service.publishing.Broker.Backlog;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads the backlogs of queues. A queue that does not answer (a quorum queue without a leader) is waited for once.
 *
 * <p>An empty backlog counts for a second: much can be sent to the queue in that time. Any other counts only for as
 * long as one call takes, since the consumer is idle when those messages are gone.
 */
@Component
public class QueueBacklogs {

    private static final Logger log = LoggerFactory.getLogger(QueueBacklogs.class);
    private static final Duration MAX_WAIT = Duration.ofMillis(500);
    private static final Duration EMPTY = Duration.ofSeconds(1);
    private static final Duration WAITING = Duration.ofMillis(200);

    private final Broker broker;
    private final Map<String, Request> requests = new ConcurrentHashMap<>();

    QueueBacklogs(Broker broker) {
        this.broker = broker;
    }

    /** Requests many backlogs at once, so that queues that do not answer are waited for together. */
    public void request(Collection<String> queues) {
        queues.forEach(this::requested);
    }

    /** Returns the backlog of a moment ago; empty: unknown. */
    public Optional<Backlog> backlog(String queue) {
        var request = requested(queue);
        try {
            return Optional.of(request.answer.get(MAX_WAIT.toNanos() - request.age(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException unknown) {
            log.atDebug().addKeyValue("queue", queue).setCause(unknown).log("the backlog of a queue is unknown");
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Request requested(String queue) {
        return requests.compute(queue, (name, before) -> before == null || before.isOld() ? start(name) : before);
    }

    private Request start(String queue) {
        var answer = new CompletableFuture<Backlog>();
        Thread.ofVirtual().name("backlog").start(() -> {
            try {
                answer.complete(broker.backlog(queue));
            } catch (Throwable unknown) { // An Error too: a request without an end is never repeated.
                answer.completeExceptionally(unknown);
            }
        });
        return new Request(answer, System.nanoTime());
    }

    private record Request(CompletableFuture<Backlog> answer, long startedAt) {

        long age() {
            return System.nanoTime() - startedAt;
        }

        boolean isOld() {
            return answer.isDone() && age() > (isEmpty() ? EMPTY : WAITING).toNanos();
        }

        private boolean isEmpty() {
            return !answer.isCompletedExceptionally() && answer.join().messages() == 0;
        }
    }
}
