package io.reliablemessage.recovery;

import io.reliablemessage.client.ClientSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom the recovery job calls, and how often.
 *
 * @param serviceUrl the message service, such as {@code http://message-service:8080}; required
 * @param apiKey a key with the role worker; required
 * @param interval between two calls while all is well; 100 ms to 1 min
 * @param limit deliveries one call may take up at most, the job asks for what the service does in a second; 1 to 5,000
 * @param requestTimeout for one call; 1 s to 15 s, so that a call in flight ends within the 20 s of a shutdown
 */
@ConfigurationProperties(RecoveryJobProperties.PREFIX)
record RecoveryJobProperties(
        @Nullable String serviceUrl,
        @Nullable String apiKey,
        @DefaultValue("500ms") Duration interval,
        @DefaultValue("5000") int limit,
        @DefaultValue("10s") Duration requestTimeout) {

    static final String PREFIX = "reliable-message.recovery-job";

    private static final String ADDRESS =
            "Set it (or MESSAGE_SERVICE_URL) to the message service's address, such as http://localhost:8080";
    private static final String KEY = "Set it (or WORKER_KEY) to an API key with the role worker";

    RecoveryJobProperties {
        require(isGiven(serviceUrl), "service-url", "missing", ADDRESS);
        require(isGiven(apiKey), "api-key", "missing", KEY);
        require(isWithin(interval, "PT0.1S", "PT1M"), "interval", interval, "Choose 100ms to 1m");
        require(limit >= 1 && limit <= 5_000, "limit", limit, "Choose 1 to 5000");
        require(isWithin(requestTimeout, "PT1S", "PT15S"), "request-timeout", requestTimeout, "Choose 1s to 15s");
        requireUsable("service-url", () -> settings(serviceUrl, "any"), ADDRESS);
        requireUsable("api-key", () -> settings("http://any", apiKey), KEY);
    }

    ClientSettings client() {
        return settings(serviceUrl, apiKey).withRequestTimeout(requestTimeout);
    }

    @Override
    public String toString() {
        return "RecoveryJobProperties[serviceUrl=" + serviceUrl + ", interval=" + interval + ", limit=" + limit
                + ", requestTimeout=" + requestTimeout + "]";
    }

    private static ClientSettings settings(@Nullable String url, @Nullable String key) {
        return ClientSettings.of(
                URI.create(String.valueOf(url).strip()), String.valueOf(key).strip());
    }

    private static boolean isGiven(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    private static boolean isWithin(Duration value, String least, String most) {
        return value.compareTo(Duration.parse(least)) >= 0 && value.compareTo(Duration.parse(most)) <= 0;
    }

    private static void require(boolean isMet, String name, Object value, String remedy) {
        if (!isMet) {
            throw new IllegalArgumentException(PREFIX + "." + name + " is " + value + ". " + remedy + ".");
        }
    }

    private static void requireUsable(String name, Runnable use, String remedy) {
        try {
            use.run();
        } catch (IllegalArgumentException e) {
            require(false, name, "not usable: " + e.getMessage(), remedy);
        }
    }
}
