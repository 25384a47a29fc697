package io.reliablemessage.spring.internal.listening;

import com.rabbitmq.client.Channel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.AsyncConsumerStartedEvent;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.ListenerContainerConsumerFailedEvent;
import org.springframework.amqp.rabbit.listener.MissingQueueEvent;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;
import org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * The consumption of one queue from its start to its end; after a pause there is a new one.
 *
 * <p>Handlers run in threads of its own: those of the broker's client are few and shared by everything that uses the
 * connection, so that one handler that hangs would hold up all others.
 */
final class QueueConsumption {

    private static final Logger LOG = LoggerFactory.getLogger(QueueConsumption.class);

    // A connection that broke is noticed by the monitor, and made again by it when the retry interval is over, too.
    private static final long RECOVERY_INTERVAL = Duration.ofSeconds(3).toMillis();
    private static final long MONITOR_INTERVAL = Duration.ofSeconds(1).toMillis();
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(5);

    private final MessageWorker worker;
    private final String queue;
    private final Runnable onChange;
    private final DirectMessageListenerContainer container;
    private final ExecutorService threads;
    private volatile boolean isEnding;
    private volatile boolean isBroken;
    private volatile String obstacle = "the broker has not answered yet";

    QueueConsumption(ConnectionFactory connections, String queue, MessageWorker worker, Runnable onChange) {
        this.worker = worker;
        this.onChange = onChange;
        this.queue = queue;
        var subscribed = worker.subscribed();
        this.threads = Executors.newFixedThreadPool(
                subscribed.concurrency(), Daemons.named("reliable-message-" + subscribed.subscription()));
        this.container = new DirectMessageListenerContainer(connections);
        configure(subscribed);
    }

    private void configure(Subscribed subscribed) {
        container.setQueueNames(queue);
        container.setListenerId("reliable-message-" + subscribed.subscription());
        container.setPrefetchCount(subscribed.prefetch() * subscribed.concurrency());
        container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
        container.setDefaultRequeueRejected(false);
        container.setMissingQueuesFatal(false);
        container.setRecoveryInterval(RECOVERY_INTERVAL);
        container.setFailedDeclarationRetryInterval(RECOVERY_INTERVAL);
        container.setMonitorInterval(MONITOR_INTERVAL);
        container.setShutdownTimeout(BROKER_TIMEOUT.toMillis());
        container.setAutoStartup(false);
        // Else long headers arrive as streams.
        container.setMessagePropertiesConverter(new DefaultMessagePropertiesConverter(Integer.MAX_VALUE));
        container.setTaskExecutor(this::execute);
        container.setApplicationEventPublisher(publisher(this::note));
        container.setMessageListener((ChannelAwareMessageListener) this::receive);
    }

    /** Does not wait for the broker. */
    void start() {
        container.afterPropertiesSet();
        container.start();
    }

    /** Why nothing is consumed now; empty: the broker lets it consume. */
    String obstacle() {
        return obstacle;
    }

    /** Whether it will not go on by itself. */
    boolean isOver() {
        return isEnding || isBroken;
    }

    private void receive(Message message, @Nullable Channel channel) {
        if (channel == null || isEnding) {
            return;
        }
        try {
            threads.execute(() -> work(message, channel));
        } catch (RejectedExecutionException ended) {
            LOG.debug("A message came during the end of its consumption; the broker takes it back");
        }
    }

    /** What is not worked on now goes back to the broker with the channel, as it did already if that is closed. */
    private void work(Message message, Channel channel) {
        if (!isEnding && channel.isOpen()) {
            worker.work(message, channel);
        }
    }

    /** No message is begun any more; {@link #end} has to follow. */
    void beginEnd() {
        isEnding = true;
        threads.shutdown();
    }

    /**
     * Waits for the handlers at work, whose acks need the channel, then closes it: the rest returns to the queue. Blocks
     * as long as a broker that hangs.
     */
    void end(Duration forHandlers) {
        beginEnd();
        try {
            if (!threads.awaitTermination(forHandlers.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn()
                        .addKeyValue("subscription", worker.subscribed().subscription())
                        .log("A handler is still at work, and its message returns to the queue");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        container.destroy();
    }

    /** The container's own work; without it, nothing would be consumed, and nothing would say so. */
    private void execute(Runnable task) {
        Daemons.daemon(
                        () -> {
                            try {
                                task.run();
                            } catch (RuntimeException | Error e) {
                                LOG.warn("Consuming from {} could not start; this is tried again", queue, e);
                                obstacle = String.valueOf(e.getMessage());
                                isBroken = true;
                            }
                        },
                        "reliable-message-start")
                .start();
    }

    private void note(Object event) {
        if (event instanceof AsyncConsumerStartedEvent) {
            obstacle = "";
            onChange.run();
        } else if (event instanceof MissingQueueEvent) {
            obstacle = "the broker has no queue " + queue;
        } else if (event instanceof ListenerContainerConsumerFailedEvent failed) {
            obstacle = failed.getThrowable() == null
                    ? failed.getReason()
                    : failed.getReason() + ": " + failed.getThrowable().getMessage();
        }
    }

    private static ApplicationEventPublisher publisher(Consumer<Object> note) {
        return new ApplicationEventPublisher() {
            @Override
            public void publishEvent(ApplicationEvent event) {
                note.accept(event);
            }

            @Override
            public void publishEvent(Object event) {
                note.accept(event);
            }
        };
    }
}
