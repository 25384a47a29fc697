package io.reliablemessage.service.registry;

import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.platform.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Registers each by one guarded statement, since replicas and applications do so concurrently and repeatedly. */
@Component
class RegistryStore {

    private static final String APPLICATION = "INSERT INTO application (name) VALUES (:name) ON CONFLICT DO NOTHING";

    private static final String KEY = """
            INSERT INTO api_key (application, prefix, hash, roles, expires_at, configured)
            VALUES (:application, :prefix, :hash, :roles, :expiresAt, true)
                ON CONFLICT (hash) DO UPDATE
               SET roles = excluded.roles, expires_at = excluded.expires_at, configured = true
             WHERE api_key.application = excluded.application
            """;

    private static final String EXPIRE_KEYS_BUT = """
            UPDATE api_key SET expires_at = now()
             WHERE application = :application
               AND configured
               AND NOT hash = ANY (:hashes)
               AND (expires_at IS NULL OR expires_at > now())
            """;

    private static final String TOPIC = """
            INSERT INTO topic (name, application, consumers, check_after_millis)
            VALUES (:name, :application, :consumers, :checkAfter)
                ON CONFLICT (name) DO UPDATE
               SET consumers = excluded.consumers, check_after_millis = excluded.check_after_millis
             WHERE topic.application = excluded.application
            """;

    private static final String LOCK_TOPIC = """
            SELECT name FROM topic WHERE name = :name AND application = :application FOR UPDATE
            """;

    // Nothing is prepared for a topic without a subscription, so there is no message of it.
    private static final String DELETE_TOPIC = """
            DELETE FROM topic t
             WHERE t.name = :name AND NOT EXISTS (SELECT FROM subscription s WHERE s.topic = t.name)
            """;

    private static final String RETIRE_UNADMITTED = """
            UPDATE subscription s SET retired_at = now() + interval '1 min'
              FROM topic t
             WHERE t.name = :topic AND s.topic = t.name
               AND s.application <> t.application
               AND NOT s.application = ANY (t.consumers)
               AND s.retired_at IS NULL
            """;

    // Shares the topic's row lock with other subscriptions, but waits for a change of the topic: the list of admitted
    // applications must not change in between.
    private static final String SUBSCRIPTION = """
            WITH admitted AS (
                SELECT name FROM topic
                 WHERE name = :topic AND (application = :application OR :application = ANY (consumers))
                   FOR SHARE
            )
            INSERT INTO subscription (name, topic, application, kind, queue, schedule_millis, max_attempts, rate_per_second,
                                      retired_at)
            SELECT :name, a.name, :application, :kind, :queue, :schedule, :maxAttempts, :rate,
                   CASE WHEN :retired THEN now() END
              FROM admitted a
                ON CONFLICT (name) DO UPDATE
               SET schedule_millis = excluded.schedule_millis,
                   max_attempts = excluded.max_attempts,
                   rate_per_second = excluded.rate_per_second,
                   -- the minute lets prepares that are under way see it in time
                   retired_at = CASE WHEN :retired
                                THEN COALESCE(subscription.retired_at, now() + interval '1 min') END
             WHERE subscription.application = excluded.application
               AND subscription.topic = excluded.topic
               AND subscription.kind = excluded.kind
            """;

    private final JdbcClient jdbc;
    private final Quotas quotas;

    RegistryStore(JdbcClient jdbc, Quotas quotas) {
        this.jdbc = jdbc;
        this.quotas = quotas;
    }

    Quotas quotas() {
        return quotas;
    }

    /** @return false if it is there already */
    boolean application(String name) {
        return jdbc.sql(APPLICATION).param("name", name).update() == 1;
    }

    /** @return false when the key belongs to another application */
    boolean key(String application, String prefix, byte[] hash, Collection<Role> roles, @Nullable Instant expiresAt) {
        return jdbc.sql(KEY)
                        .param("application", application)
                        .param("prefix", prefix)
                        .param("hash", hash)
                        .param("roles", SqlArrays.of("text", roles, Role::name))
                        .param("expiresAt", expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    int expireConfiguredKeysBut(String application, List<byte[]> hashes) {
        return jdbc.sql(EXPIRE_KEYS_BUT)
                .param("application", application)
                .param("hashes", SqlArrays.ofBytes(hashes, hash -> hash))
                .update();
    }

    /**
     * Until the transaction ends nobody subscribes to it.
     *
     * @return false if the application has no such topic
     */
    boolean lockTopic(String name, String application) {
        return jdbc.sql(LOCK_TOPIC)
                .param("name", name)
                .param("application", application)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** @return false if it has subscriptions */
    boolean deleteTopic(String name) {
        return jdbc.sql(DELETE_TOPIC).param("name", name).update() == 1;
    }

    /** @return false when the name is another application's */
    boolean topic(String name, String application, Collection<String> consumers, Duration checkAfter) {
        return jdbc.sql(TOPIC)
                        .param("name", name)
                        .param("application", application)
                        .param("consumers", SqlArrays.of("text", consumers, consumer -> consumer))
                        .param("checkAfter", checkAfter.toMillis())
                        .update()
                == 1;
    }

    int retireUnadmitted(String topic) {
        return jdbc.sql(RETIRE_UNADMITTED).param("topic", topic).update();
    }

    /** @return false if the topic does not admit the application, or a fixed property of the existing one differs */
    boolean subscription(String name, String application, String queue, CheckedSubscription wanted) {
        return jdbc.sql(SUBSCRIPTION)
                        .param("name", name)
                        .param("topic", wanted.topic())
                        .param("application", application)
                        .param("kind", wanted.kind().name())
                        .param("queue", queue)
                        .param("schedule", wanted.terms().scheduleMillis())
                        .param("maxAttempts", wanted.terms().maxAttempts())
                        .param("rate", wanted.terms().ratePerSecond())
                        .param("retired", wanted.retired())
                        .update()
                == 1;
    }
}
