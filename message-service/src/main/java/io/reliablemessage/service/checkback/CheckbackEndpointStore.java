package io.reliablemessage.service.checkback;

import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.service.platform.database.SqlTemplate;
import io.reliablemessage.webhook.WebhookSecrets.SealedSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
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
               SET check_url = :url, check_answers = :answers,
                   former_check_secret = CASE WHEN :isNew THEN check_secret ELSE former_check_secret END,
                   former_check_secret_key = CASE WHEN :isNew THEN check_secret_key ELSE former_check_secret_key END,
                   former_check_secret_until = CASE WHEN NOT :isNew THEN former_check_secret_until
                                                    WHEN check_secret IS NOT NULL THEN now() + interval '1 hour' END,
                   check_secret = :secret, check_secret_key = :key,
                   require_check_ref = :requireCheckRef, check_failures = 0, check_rests_until = NULL, probe_due_at = now()
             WHERE name = :application
            """;

    private static final String MOVE = """
            UPDATE application
               SET check_url = :url, check_answers = :answers, require_check_ref = :requireCheckRef,
                   check_failures = 0, check_rests_until = NULL, probe_due_at = now()
             WHERE name = :application AND check_secret IS NOT NULL
            """;

    private static final String REMOVE = """
            UPDATE application
               SET check_url = NULL, check_answers = DEFAULT, require_check_ref = :requireCheckRef,
                   check_secret = NULL, check_secret_key = NULL,
                   former_check_secret = NULL, former_check_secret_key = NULL, former_check_secret_until = NULL
             WHERE name = :application
            """;

    private static final String SECRETS = """
            check_secret, check_secret_key, former_check_secret_key,
            CASE WHEN former_check_secret_until > now() THEN former_check_secret END AS former_check_secret""";

    private static final String LOCK_SECRETS =
            new SqlTemplate("""
            SELECT {secrets}
              FROM application
             WHERE name = :application AND check_secret IS NOT NULL
               FOR NO KEY UPDATE
            """).with("secrets", SECRETS).sql();

    private static final String PROOF =
            new SqlTemplate("""
            SELECT check_answers, {secrets}
              FROM application
             WHERE name = :application AND check_secret IS NOT NULL
            """).with("secrets", SECRETS).sql();

    private static final String WAKE = """
            UPDATE application SET check_failures = 0, check_rests_until = NULL WHERE name = :application AND check_url IS NOT NULL
            """;

    private static final String IS_THERE = "SELECT EXISTS (SELECT FROM application WHERE name = :application)";

    private static final String KEYS_IN_USE = """
            SELECT DISTINCT check_secret_key FROM application WHERE check_url IS NOT NULL
            """;

    // Not the key's lock: new API keys refer to the row, and must not wait.
    private static final String LOCK =
            new SqlTemplate("""
            SELECT check_url, check_failures, probe_due_at <= now() AS is_probe_due, {secrets}
              FROM application
             WHERE name = :application
               AND check_url IS NOT NULL
               AND (check_rests_until IS NULL OR check_rests_until <= now())
               FOR NO KEY UPDATE SKIP LOCKED
            """).with("secrets", SECRETS).sql();

    private final JdbcClient jdbc;

    CheckbackEndpointStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param former the secret before, while it is valid */
    record Secrets(SealedSecret current, Optional<SealedSecret> former) {

        private static Secrets of(ResultSet row) throws SQLException {
            var former = Optional.ofNullable(row.getBytes("former_check_secret"));
            var formerKey = row.getString("former_check_secret_key");
            return new Secrets(
                    new SealedSecret(row.getString("check_secret_key"), row.getBytes("check_secret")),
                    former.map(secret -> new SealedSecret(formerKey, secret)));
        }
    }

    /**
     * What an application wants of check-backs.
     *
     * @param requireCheckRef its half messages have to name the store that knows them
     */
    record Settings(CheckAnswers answers, boolean requireCheckRef) {}

    record Row(String url, Secrets secrets, int failures, boolean isProbeDue) {}

    record Proof(CheckAnswers answers, Secrets secrets) {}

    /** @param isNew it is another secret than the one before, which stays valid for a while */
    boolean put(String application, String url, Settings settings, SealedSecret secret, boolean isNew) {
        return settings(PUT, application, url, settings)
                        .param("secret", secret.bytes())
                        .param("key", secret.key())
                        .param("isNew", isNew)
                        .update()
                == 1;
    }

    /** @return false when no secret is stored */
    boolean move(String application, String url, Settings settings) {
        return settings(MOVE, application, url, settings).update() == 1;
    }

    private JdbcClient.StatementSpec settings(String sql, String application, String url, Settings settings) {
        return jdbc.sql(sql)
                .param("application", application)
                .param("url", url)
                .param("answers", settings.answers().name())
                .param("requireCheckRef", settings.requireCheckRef());
    }

    void remove(String application, boolean requireCheckRef) {
        jdbc.sql(REMOVE)
                .param("application", application)
                .param("requireCheckRef", requireCheckRef)
                .update();
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
                        Secrets.of(row),
                        row.getInt("check_failures"),
                        row.getBoolean("is_probe_due")))
                .optional();
    }

    /** Until the transaction ends nobody else changes them. Empty: none are stored. */
    Optional<Secrets> lockSecrets(String application) {
        return jdbc.sql(LOCK_SECRETS)
                .param("application", application)
                .query((row, number) -> Secrets.of(row))
                .optional();
    }

    /** Empty: no secret is stored. */
    Optional<Proof> proof(String application) {
        return jdbc.sql(PROOF)
                .param("application", application)
                .query((row, number) ->
                        new Proof(CheckAnswers.valueOf(row.getString("check_answers")), Secrets.of(row)))
                .optional();
    }
}
