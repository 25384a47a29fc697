package io.reliablemessage.service.checkback;

import io.reliablemessage.webhook.WebhookSecrets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores where applications receive check-backs. */
@Component
class CheckbackEndpointStore {

    // An application that registers has just started, so earlier failures of the endpoint are forgotten.
    private static final String PUT = """
            UPDATE application
               SET check_url = :url, check_secret = :secret, check_secret_key = :key,
                   check_failures = 0, check_rests_until = NULL
             WHERE name = :application
            """;

    private static final String MOVE = """
            UPDATE application SET check_url = :url, check_failures = 0, check_rests_until = NULL
             WHERE name = :application AND check_secret IS NOT NULL
            """;

    private static final String REMOVE = """
            UPDATE application SET check_url = NULL, check_secret = NULL, check_secret_key = NULL WHERE name = :application
            """;

    private static final String WAKE = """
            UPDATE application SET check_failures = 0, check_rests_until = NULL WHERE name = :application AND check_url IS NOT NULL
            """;

    private static final String IS_THERE = "SELECT EXISTS (SELECT FROM application WHERE name = :application)";

    private static final String KEYS_IN_USE = """
            SELECT DISTINCT check_secret_key FROM application WHERE check_url IS NOT NULL
            """;

    // Not the key's lock: new API keys refer to the row, and must not wait.
    private static final String LOCK = """
            SELECT check_url, check_secret, check_secret_key, check_failures
              FROM application
             WHERE name = :application
               AND check_url IS NOT NULL
               AND (check_rests_until IS NULL OR check_rests_until <= now())
               FOR NO KEY UPDATE SKIP LOCKED
            """;

    private final JdbcClient jdbc;

    CheckbackEndpointStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(String url, WebhookSecrets.SealedSecret secret, int failures) {}

    boolean put(String application, String url, WebhookSecrets.SealedSecret secret) {
        return jdbc.sql(PUT)
                        .param("application", application)
                        .param("url", url)
                        .param("secret", secret.bytes())
                        .param("key", secret.key())
                        .update()
                == 1;
    }

    /** @return false when no secret is stored */
    boolean move(String application, String url) {
        return jdbc.sql(MOVE)
                        .param("application", application)
                        .param("url", url)
                        .update()
                == 1;
    }

    void remove(String application) {
        jdbc.sql(REMOVE).param("application", application).update();
    }

    /** @return false if it has no check URL */
    boolean wake(String application) {
        return 1 == jdbc.sql(WAKE).param("application", application).update();
    }

    boolean isThere(String application) {
        return jdbc.sql(IS_THERE)
                .param("application", application)
                .query(Boolean.class)
                .single();
    }

    Set<String> keysInUse() {
        return new HashSet<>(jdbc.sql(KEYS_IN_USE).query(String.class).list());
    }

    Optional<Row> lock(String application) {
        return jdbc.sql(LOCK)
                .param("application", application)
                .query((row, number) -> new Row(
                        row.getString("check_url"),
                        new WebhookSecrets.SealedSecret(
                                row.getString("check_secret_key"), row.getBytes("check_secret")),
                        row.getInt("check_failures")))
                .optional();
    }
}
