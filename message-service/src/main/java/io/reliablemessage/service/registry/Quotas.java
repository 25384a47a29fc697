package io.reliablemessage.service.registry;

import static io.reliablemessage.api.ProblemType.QUOTA_REACHED;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.service.platform.database.ForEffect;
import io.reliablemessage.service.platform.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Limits what one application can register: a topic or a queue is there for all, and for long.
 *
 * <p>What is registered already can always be registered again. A retired subscription still counts for a month, so that
 * nobody makes queues without end by retiring them.
 */
@Component
class Quotas {

    // Two replicas must not both see the last place free.
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(:application, 7))";

    private static final String IS_TOPIC_THERE = "SELECT EXISTS (SELECT FROM topic WHERE name = :name)";

    private static final String TOPICS = "SELECT count(*) FROM topic WHERE application = :application";

    private static final String IS_SUBSCRIPTION_THERE =
            "SELECT EXISTS (SELECT FROM subscription WHERE name = :name AND retired_at IS NULL)";

    private static final String SUBSCRIPTIONS = """
            SELECT count(*)
              FROM subscription
             WHERE application = :application
               AND name <> :name
               AND (retired_at IS NULL OR retired_at > now() - interval '30 d')
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final RegistryProperties quotas;
    private final Map<String, ReentrantLock> registering = new ConcurrentHashMap<>();

    Quotas(JdbcClient jdbc, RegistryProperties quotas) {
        this.jdbc = jdbc;
        this.quotas = quotas;
    }

    /** In the transaction that registers the topic. */
    void requireRoomForTopic(String name, String application) {
        if (isThere(IS_TOPIC_THERE, name)) {
            return;
        }
        lock(application);
        var topics = jdbc.sql(TOPICS)
                .param("application", application)
                .query(Integer.class)
                .single();
        requireRoom(topics, quotas.maxTopics(), "topics", "max-topics", application);
    }

    /** In the transaction that registers the subscription, and before its queue is declared. */
    void requireRoomForSubscription(String name, String application) {
        if (isThere(IS_SUBSCRIPTION_THERE, name)) {
            return;
        }
        lock(application);
        var subscriptions = jdbc.sql(SUBSCRIPTIONS)
                .param("application", application)
                .param("name", name)
                .query(Integer.class)
                .single();
        requireRoom(subscriptions, quotas.maxSubscriptions(), "subscriptions", "max-subscriptions", application);
    }

    /** One after the other, else a hundred calls at once would declare a hundred queues for the last place. */
    <T> T inTurn(String application, Supplier<T> registration) {
        var turn = registering.computeIfAbsent(application, same -> new ReentrantLock());
        try {
            if (turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    return registration.get();
                } finally {
                    turn.unlock();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        throw new Problem(UNAVAILABLE, "The application is registering other subscriptions. Register again later.");
    }

    private boolean isThere(String query, String name) {
        return jdbc.sql(query).param("name", name).query(Boolean.class).single();
    }

    private void lock(String application) {
        ForEffect.run(jdbc.sql(LOCK).param("application", application));
    }

    private static void requireRoom(int registered, int max, String what, String setting, String application) {
        if (registered >= max) {
            throw new Problem(
                            QUOTA_REACHED,
                            "The application has %d %s, and may have %d (message-service.registry.%s)."
                                    .formatted(registered, what, max, setting))
                    .with("application", application);
        }
    }
}
