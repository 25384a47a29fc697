package io.reliablemessage.spring.boot;

import io.reliablemessage.spring.Fallback;
import io.reliablemessage.spring.ProducerSettings;
import io.reliablemessage.spring.SendMode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application configures.
 *
 * @param url Address of the message service, such as https://messages.example.com. Without it, nothing is configured.
 * @param apiKey Key of this application.
 */
@ConfigurationProperties("reliable-message")
record ReliableMessageProperties(
        @Nullable URI url,
        @Nullable String apiKey,
        @DefaultValue Producer producer,
        @DefaultValue Check check,
        @DefaultValue Schema schema) {

    /** Without the key. */
    @Override
    public String toString() {
        return "ReliableMessageProperties[url=" + url + ", producer=" + producer + ", check=" + check + ", schema="
                + schema + "]";
    }

    ProducerSettings producerSettings() {
        return ProducerSettings.DEFAULT
                .withMode(producer.mode)
                .withFallback(producer.fallback)
                .withPrepareTimeout(producer.prepareTimeout)
                .withKeepPayload(producer.keepPayload)
                .withTablePrefix(schema.tablePrefix)
                .withCheckSecrets(check.secrets());
    }

    /**
     * How messages are sent.
     *
     * @param mode How messages are sent that do not say so themselves: stored by the service before the commit (half), or
     *     sent after it (outbox).
     * @param fallback When the service cannot store half messages before a commit: the commit fails (none), or goes on and
     *     the messages are sent later (outbox).
     * @param prepareTimeout Time for storing the half messages of a transaction, at most a minute; locks are held meanwhile.
     * @param dataSources Names of the DataSource beans that messages are sent with. Without them, the only or the primary
     *     one.
     * @param keepPayload Time that a payload stays in its row after the service has the message, so that a restored service
     *     can get it back. Zero: what a restore loses is lost.
     */
    record Producer(
            @DefaultValue("half") SendMode mode,
            @DefaultValue("none") Fallback fallback,
            @DefaultValue("1s") Duration prepareTimeout,
            @DefaultValue List<String> dataSources,
            @DefaultValue("24h") Duration keepPayload) {}

    /**
     * How the service asks about half messages.
     *
     * @param url Address that the service sends check-backs to, on this application. Its path is answered by the starter.
     * @param secret Signs check-backs and their answers: whsec_ and the base64 of 24 to 64 random bytes.
     * @param previousSecret Secret before this one, while it is changed.
     */
    record Check(
            @Nullable URI url,
            @Nullable String secret,
            @Nullable String previousSecret) {

        static final String DEFAULT_PATH = "/reliable-message/check";

        Check {
            if (url != null && secret == null) {
                throw new IllegalStateException(
                        "reliable-message.check.url is set, but reliable-message.check.secret is"
                                + " not: check-backs are signed. Set it to whsec_ and the base64 of 24 to 64 random bytes");
            }
            if (secret == null && previousSecret != null) {
                throw new IllegalStateException("reliable-message.check.previous-secret is set, but"
                        + " reliable-message.check.secret is not. Set the one that is in use");
            }
        }

        /** The one in use first. */
        List<String> secrets() {
            return Stream.of(secret, previousSecret).flatMap(Stream::ofNullable).toList();
        }

        /** As callers see it. */
        String path() {
            var path = url == null ? "" : url.getRawPath();
            return path == null || path.isEmpty() || path.equals("/") ? DEFAULT_PATH : path;
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "Check[url=" + url + "]";
        }
    }

    /**
     * The tables rm_outbox and rm_store.
     *
     * @param initialize When missing tables are created at start; nothing is ever altered or dropped.
     * @param tablePrefix In place of rm_ in the names of the tables; may begin with a schema, as in app.rm_.
     */
    record Schema(
            @DefaultValue("embedded") SchemaInitialization initialize,
            @DefaultValue("rm_") String tablePrefix) {}
}
