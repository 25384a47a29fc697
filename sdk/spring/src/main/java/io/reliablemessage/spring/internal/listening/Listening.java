package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.ConsumerListener;
import io.reliablemessage.spring.ConsumerSettings;
import io.reliablemessage.spring.SubscriptionState;
import io.reliablemessage.spring.internal.inbox.Inbox;
import io.reliablemessage.spring.internal.inbox.InboxCleaner;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Registers subscriptions, consumes their queues, and pauses while the service takes no answers. One thread brings
 * everything to the state it should be in, every few seconds and whenever something has changed.
 */
public final class Listening implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private static final Duration INTERVAL = Duration.ofSeconds(3);
    private static final Duration CHECK_AT_START = Duration.ofSeconds(5);
    private static final Duration CLEANING_INTERVAL = Duration.ofMinutes(10);
    private static final Duration FOR_ANSWERS = Duration.ofSeconds(5);
    private static final Duration FOR_BROKER = Duration.ofSeconds(5);
    // So that one run ends; as many messages as come in ten minutes, and more.
    private static final int BATCHES = 10_000;

    private final ConsumerSettings settings;
    private final Events events;
    private final AnswerLimit limit;
    private final ServiceAnswers answers;
    private final TransactionalHandling handling;
    private final InboxCleaner cleaner;
    private final List<ListenedQueue> queues;
    private final ScheduledExecutorService thread = Daemons.scheduler("reliable-message-consumer");
    private final ScheduledExecutorService cleaning = Daemons.scheduler("reliable-message-inbox");
    private boolean isInboxReady;
    private boolean isPaused;
    private volatile boolean isClosed;

    /** What a consumer works with. */
    public record Parts(
            ReliableMessageClient client,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            ConnectionFactory connections,
            ConsumerListener listener,
            FailureReports reports) {}

    public Listening(Parts parts, List<Subscribed> subscriptions, ConsumerSettings settings) {
        var tables = new TableNames(settings.tablePrefix());
        this.settings = settings;
        this.events = new Events(parts.listener());
        this.limit = new AnswerLimit(settings.maxWaitingAnswers(), this::limitChanged);
        this.answers = new ServiceAnswers(parts.client(), limit, events);
        this.handling = new TransactionalHandling(parts.transactions(), new Inbox(parts.dataSource(), tables));
        this.cleaner = new InboxCleaner(parts.dataSource(), tables, settings.inboxWindow());
        this.queues = subscriptions.stream()
                .map(subscribed -> new ListenedQueue(
                        new MessageWorker(subscribed, handling, answers, parts.reports(), events),
                        parts.client(),
                        parts.connections(),
                        events,
                        this::lookAgain))
                .toList();
    }

    /**
     * Starts in the background.
     *
     * @throws IllegalStateException effects and inbox cannot share a transaction; names what is wrong
     */
    public void start() {
        checkInbox();
        var unused = thread.scheduleWithFixedDelay(this::run, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        var unusedToo =
                cleaning.scheduleWithFixedDelay(this::clean, 1, CLEANING_INTERVAL.toMinutes(), TimeUnit.MINUTES);
    }

    public List<SubscriptionState> states() {
        var isFull = limit.isFull();
        return queues.stream().map(queue -> queue.state(isFull, isClosed)).toList();
    }

    /** Acks and rejections that the service has not taken yet. */
    public int waitingAnswers() {
        return limit.open();
    }

    /** A database that does not answer in time is looked at later; a mistake in the settings ends the start. */
    private void checkInbox() {
        try {
            thread.submit(handling::check).get(CHECK_AT_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalStateException mistake) {
                thread.shutdownNow();
                cleaning.shutdownNow();
                answers.close(Duration.ZERO);
                throw mistake;
            }
        } catch (TimeoutException later) {
            LOG.debug("The database did not answer in time", later);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            bringToItsState();
        } catch (RuntimeException | Error e) {
            LOG.error("Listening could not be controlled; this is tried again", e);
        }
    }

    private void bringToItsState() {
        var shouldPause = limit.isFull();
        if (shouldPause) {
            queues.forEach(ListenedQueue::beginPause);
        }
        stop(queues.stream().filter(queue -> shouldPause || queue.isOver()).toList(), settings.shutdownTimeout());
        if (shouldPause != isPaused) {
            isPaused = shouldPause;
            events.emit(shouldPause ? ConsumerListener::paused : ConsumerListener::resumed);
        }
        register();
        if (!shouldPause && isInboxReady()) {
            queues.forEach(ListenedQueue::consume);
        }
    }

    private void register() {
        for (var queue : queues) {
            if (!queue.register()) {
                return;
            }
        }
    }

    /** All at once, since each may take its time. */
    private static void stop(List<ListenedQueue> queues, Duration forHandlers) {
        Daemons.runAll(
                queues.stream()
                        .map(queue -> (Runnable) () -> queue.stop(forHandlers))
                        .toList(),
                forHandlers.plus(FOR_BROKER));
    }

    private boolean isInboxReady() {
        if (!isInboxReady) {
            try {
                handling.check();
                isInboxReady = true;
            } catch (RuntimeException e) {
                queues.forEach(queue -> queue.hindered("The inbox (table rm_inbox) cannot be used: " + e.getMessage()));
            }
        }
        return isInboxReady;
    }

    /** Called by any thread. Those that are told to end are replaced, even if the limit changes again meanwhile. */
    private void limitChanged() {
        if (limit.isFull()) {
            queues.forEach(ListenedQueue::beginPause);
        }
        lookAgain();
    }

    private void lookAgain() {
        try {
            thread.execute(this::run);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The consumer is closed");
        }
    }

    private void clean() {
        try {
            cleaner.run(BATCHES);
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Old rows of the inbox could not be deleted; this is tried again", e);
        }
    }

    /** Waits for handlers at work, then for the service to take their answers; both within limits. */
    @Override
    public void close() {
        isClosed = true;
        var end = System.nanoTime() + settings.shutdownTimeout().toNanos();
        cleaning.shutdownNow();
        queues.forEach(ListenedQueue::beginPause);
        thread.shutdown();
        try {
            // Else it might start a consumption after the last one was stopped.
            if (!thread.awaitTermination(settings.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The thread that controls listening did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop(queues, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        answers.close(FOR_ANSWERS);
    }
}
