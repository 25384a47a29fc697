package io.reliablemessage.testing;

import io.reliablemessage.embedded.EmbeddedPostgres;
import java.net.URL;

/** Named by the environment, else in a container, else embedded. */
final class PostgresChoice {

    private static final String DEFAULT_VERSION = "18";

    private PostgresChoice() {}

    static PostgresServer make() {
        var named = Setting.of("TEST_POSTGRES_URL");
        if (named.isPresent()) {
            return new JdbcPostgres(
                    "named",
                    named.get(),
                    Setting.of("TEST_POSTGRES_USERNAME").orElse("postgres"),
                    Setting.of("TEST_POSTGRES_PASSWORD").orElse(""));
        }
        var version = Setting.of("TEST_POSTGRES_VERSION").orElse(DEFAULT_VERSION);
        return !Setting.isTrue("TEST_EMBEDDED_ONLY") && Containers.areAvailable()
                ? Containers.postgres(version)
                : embedded(version);
    }

    static PostgresServer embedded(String version) {
        // Not closed: it ends with the JVM, after the shutdown hooks of the contexts that still use it.
        var postgres = version.equals(DEFAULT_VERSION)
                ? EmbeddedPostgres.temporary()
                : EmbeddedPostgres.temporary(archive(version));
        return new JdbcPostgres("embedded", postgres.url("postgres"), postgres.username(), postgres.password());
    }

    private static URL archive(String version) {
        var archive = PostgresChoice.class.getResource("/postgres-" + version + ".txz");
        if (archive == null) {
            throw new IllegalStateException("TEST_POSTGRES_VERSION is " + version
                    + ", but only 15 and 18 can be embedded. Use one of them, or name a server in TEST_POSTGRES_URL.");
        }
        return archive;
    }
}
