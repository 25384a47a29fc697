package io.reliablemessage.service.publishing;

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
 * Checks whether messages wait in a queue. A queue that does not answer (a quorum queue without a leader) is
 * not waited for twice.
 *
 * <p>That a queue is empty is believed for a second: much can be sent to it in that time. That messages wait in it
 * is not believed for longer than one call takes, since its consumer has nothing to do when they are gone.
 */
@Component
public class QueueBacklogs {

    private static final Logger log = LoggerFactory.getLogger(QueueBacklogs.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration EMPTY = Duration.ofSeconds(1);
    private static final Duration WAITING = Duration.ofMillis(200);

    private final Queues queues;
    private final Map<String, Question> asked = new ConcurrentHashMap<>();

    QueueBacklogs(Queues queues) {
        this.queues = queues;
    }

    /** Puts the question for many queues at once, so that those that do not answer are waited for together. */
    public void ask(Collection<String> names) {
        names.forEach(this::question);
    }

    /** Whether messages are ready in a queue; empty: the broker does not say. */
    public Optional<Boolean> isWaiting(String queue) {
        return ready(queue).map(messages -> messages > 0);
    }

    /** How many messages are ready in a queue, as of a moment ago; empty: the broker does not say. */
    public Optional<Integer> ready(String queue) {
        var question = question(queue);
        try {
            return Optional.of(question.answer.get(PATIENCE.toNanos() - question.age(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException unknown) {
            log.atDebug()
                    .addKeyValue("queue", queue)
                    .setCause(unknown)
                    .log("the broker does not say what waits in a queue");
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Question question(String queue) {
        return asked.compute(queue, (name, before) -> before == null || before.isOld() ? put(name) : before);
    }

    private Question put(String queue) {
        var answer = new CompletableFuture<Integer>();
        Thread.ofVirtual().name("backlog").start(() -> {
            try {
                answer.complete(queues.ready(queue));
            } catch (RuntimeException unknown) {
                answer.completeExceptionally(unknown);
            }
        });
        return new Question(answer, System.nanoTime());
    }

    private record Question(CompletableFuture<Integer> answer, long askedAt) {

        long age() {
            return System.nanoTime() - askedAt;
        }

        boolean isOld() {
            return answer.isDone() && age() > (isEmpty() ? EMPTY : WAITING).toNanos();
        }

        private boolean isEmpty() {
            return !answer.isCompletedExceptionally() && answer.join() == 0;
        }
    }
}
