package io.reliablemessage.service.registry;

import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.security.Role;
import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The registry as far as it is configured. Applied at every start.
 *
 * @param secretKeys encrypt the secrets of applications; the first encrypts, all of them decrypt
 * @param allowedAddresses host names and ranges that may be called although they are not public
 * @param maxTopics which one application may register by itself
 * @param maxSubscriptions which one application may register by itself; retired ones count for 30 days
 * @param applications with their keys; a configured key that is no longer here is expired at the next start
 * @param topics may as well be registered by their applications
 * @param subscriptions may as well be registered by their applications
 */
@ConfigurationProperties("message-service.registry")
record RegistryProperties(
        @DefaultValue List<SecretKey> secretKeys,
        @DefaultValue List<String> allowedAddresses,
        @DefaultValue("200") int maxTopics,
        @DefaultValue("200") int maxSubscriptions,
        @DefaultValue List<Application> applications,
        @DefaultValue List<Topic> topics,
        @DefaultValue List<Subscription> subscriptions) {

    RegistryProperties {
        var rules = new SettingRules("message-service.registry");
        rules.atLeast("max-topics", maxTopics, 1);
        rules.atLeast("max-subscriptions", maxSubscriptions, 1);
    }

    /**
     * An application.
     *
     * @param name under which its topics, messages and deliveries are recorded
     * @param keys for its calls; two may be valid while one replaces the other
     * @param checkUrl URL for check-backs; left out: as it registers itself
     * @param checkSecret signs check-backs and their answers; give it by environment variable
     * @param checkAnswers whether the answers have to be signed; left out: they have to
     */
    @ConfigurationPropertiesSource
    record Application(
            String name,
            @DefaultValue List<Key> keys,
            @Nullable String checkUrl,
            @Nullable String checkSecret,
            @Nullable CheckAnswers checkAnswers) {

        @Override
        public String toString() {
            return "Application[name=%s, keys=%s, checkUrl=%s]".formatted(name, keys, checkUrl);
        }
    }

    /**
     * A key that encrypts secrets.
     *
     * @param id stored with each secret it encrypts, so it must never be given to another key
     * @param value base64 of 32 random bytes; give it by environment variable
     */
    @ConfigurationPropertiesSource
    record SecretKey(String id, String value) {

        private static final int LENGTH = 32;

        SecretKey {
            Names.checked("The id of a secret key", id);
            if (value == null || isNotRandom(value)) {
                throw new IllegalArgumentException(
                        "A secret key's value is the base64 of 32 random bytes; make one with: openssl rand -base64 32");
            }
        }

        byte[] bytes() {
            return Base64.getDecoder().decode(value);
        }

        private static boolean isNotRandom(String value) {
            try {
                return Base64.getDecoder().decode(value).length != LENGTH
                        || value.chars().distinct().count() < Key.MIN_DIFFERENT_CHARACTERS;
            } catch (IllegalArgumentException malformed) {
                return true;
            }
        }

        @Override
        public String toString() {
            return "SecretKey[id=%s]".formatted(id);
        }
    }

    /**
     * An API key.
     *
     * @param value the secret itself, 32 to 256 random characters; give it by environment variable
     * @param roles what it may do
     * @param expiresAt left out: never
     */
    @ConfigurationPropertiesSource
    record Key(String value, Set<Role> roles, @Nullable Instant expiresAt) {

        private static final int MIN_LENGTH = 32;
        private static final int MAX_LENGTH = 256;
        private static final int MIN_DIFFERENT_CHARACTERS = 10;

        Key {
            if (value == null || value.length() < MIN_LENGTH || value.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "An API key's value has %d to %d characters; make one with: openssl rand -hex 24"
                                .formatted(MIN_LENGTH, MAX_LENGTH));
            }
            if (value.chars().distinct().count() < MIN_DIFFERENT_CHARACTERS || value.startsWith("change-me")) {
                throw new IllegalArgumentException(
                        "An API key's value must be random; make one with: openssl rand -hex 24");
            }
            if (roles == null || roles.isEmpty()) {
                throw new IllegalArgumentException("An API key needs at least one role");
            }
        }

        @Override
        public String toString() {
            return "Key[roles=%s, expiresAt=%s]".formatted(roles, expiresAt);
        }
    }

    /**
     * A topic.
     *
     * @param name of the topic
     * @param application that produces to it
     * @param consumers applications that may subscribe besides its own
     * @param checkAfter how long a producer may take to decide before a check-back, unless a prepare sets it; 1 s to 7
     *     days; left out: 1 min
     */
    @ConfigurationPropertiesSource
    record Topic(
            String name,
            String application,
            @DefaultValue List<String> consumers,
            @Nullable Duration checkAfter) {}

    /**
     * A subscription.
     *
     * @param name of the subscription, and of its queue after the prefix
     * @param topic that it receives
     * @param application that consumes it
     * @param schedule waits for an ack after each send; left out: as the ledger says
     * @param maxAttempts sends before a delivery is buried; left out: as the ledger says
     * @param ratePerSecond redeliveries in a second; left out: any number
     * @param retired true: it receives no new messages
     */
    @ConfigurationPropertiesSource
    record Subscription(
            String name,
            String topic,
            String application,
            @Nullable List<Duration> schedule,
            @Nullable Integer maxAttempts,
            @Nullable Integer ratePerSecond,
            @Nullable Boolean retired) {}
}
