package io.reliablemessage.service.registry;

import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.REGISTRATION_FIXED;

import io.reliablemessage.adminapi.registry.KeyView;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.KeyHash;
import io.reliablemessage.service.platform.security.Role;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Creates and expires API keys for operators. Keys of the configuration change only with it. */
@Component
public class ApiKeys {

    private static final String LETTERS = "abcdefghijkmnopqrstuvwxyz23456789";
    private static final int PUBLIC = 8;
    private static final int SECRET = 40;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String MAKE = """
            INSERT INTO api_key (application, prefix, hash, roles, expires_at, configured)
            SELECT a.name, :prefix, :hash, :roles, :expiresAt, false FROM application a WHERE a.name = :application
            """;

    private static final String IS_OVER = "SELECT COALESCE(:expiresAt <= now(), false)";

    private static final String EXPIRE = """
            UPDATE api_key SET expires_at = LEAST(expires_at, now()) WHERE prefix = :prefix AND NOT configured
            """;

    private static final String IS_CONFIGURED =
            "SELECT EXISTS (SELECT FROM api_key WHERE prefix = :prefix AND configured)";

    private final JdbcClient jdbc;

    ApiKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Creates a key; its secret cannot be read afterwards. */
    public KeyView make(String application, Set<Role> roles, @Nullable Instant expiresAt) {
        Names.require(!roles.isEmpty(), "roles takes at least one role.");
        var prefix = "rm_" + random(PUBLIC);
        var key = prefix + "_" + random(SECRET);
        var until = expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC);
        Names.require(
                !jdbc.sql(IS_OVER)
                        .param("expiresAt", until, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                        .query(Boolean.class)
                        .single(),
                "expiresAt is in the past.");
        var made = jdbc.sql(MAKE)
                .param("application", application)
                .param("prefix", prefix)
                .param("hash", KeyHash.of(key))
                .param("roles", SqlArrays.of("text", roles, Role::name))
                .param("expiresAt", until, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        if (made == 0) {
            throw new Problem(NOT_FOUND, "There is no such application.");
        }
        return new KeyView(
                application,
                key,
                prefix,
                roles.stream().map(Role::name).sorted().toList(),
                expiresAt);
    }

    /** Expires a key; replicas may accept it for ten seconds more. An expired key stays expired. */
    public void expire(String prefix) {
        if (jdbc.sql(EXPIRE).param("prefix", prefix).update() > 0) {
            return;
        }
        if (jdbc.sql(IS_CONFIGURED).param("prefix", prefix).query(Boolean.class).single()) {
            throw new Problem(
                    REGISTRATION_FIXED,
                    "The key comes from the service's configuration, and would return at the next start. Remove it there.");
        }
        throw new Problem(NOT_FOUND, "No key has this prefix.");
    }

    private static String random(int length) {
        return RANDOM.ints(length, 0, LETTERS.length())
                .mapToObj(place -> LETTERS.substring(place, place + 1))
                .collect(Collectors.joining());
    }
}
