package io.reliablemessage.adminui;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the console.
 *
 * @param serviceUrl the message service, such as {@code http://message-service:8080}; required
 * @param apiKey a key with the role console; required
 * @param requestTimeout for one call of the service; 1 s to 30 s
 * @param environment shown on every page, so that nobody takes one installation for another; none: nothing is shown
 * @param environmentColor of that name: grey, green, amber or red
 */
@ConfigurationProperties(ConsoleProperties.PREFIX)
public record ConsoleProperties(
        @Nullable String serviceUrl,
        @Nullable String apiKey,
        @DefaultValue("10s") Duration requestTimeout,
        @Nullable String environment,
        @DefaultValue("GREY") Color environmentColor) {

    static final String PREFIX = "message-admin-ui";

    /** The colours of an environment's name. */
    public enum Color {
        GREY,
        GREEN,
        AMBER,
        RED
    }

    public ConsoleProperties {
        require(
                isAddress(serviceUrl),
                "service-url",
                serviceUrl,
                "Set it (or MESSAGE_SERVICE_URL) to the message service's address, such as http://localhost:8080");
        require(
                apiKey != null && !apiKey.isBlank(),
                "api-key",
                "missing",
                "Set it (or CONSOLE_KEY) to an API key with the role console");
        require(
                requestTimeout.compareTo(Duration.ofSeconds(1)) >= 0
                        && requestTimeout.compareTo(Duration.ofSeconds(30)) <= 0,
                "request-timeout",
                requestTimeout,
                "Choose 1s to 30s");
    }

    /** The service's address, without a slash at its end. */
    public String service() {
        return String.valueOf(serviceUrl).strip().replaceFirst("/+$", "");
    }

    public String key() {
        return String.valueOf(apiKey).strip();
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "ConsoleProperties[serviceUrl=" + serviceUrl + ", requestTimeout=" + requestTimeout + ", environment="
                + environment + ", environmentColor=" + environmentColor + "]";
    }

    private static boolean isAddress(@Nullable String url) {
        try {
            return url != null
                    && URI.create(url.strip()).getScheme() instanceof String scheme
                    && scheme.matches("https?")
                    && URI.create(url.strip()).getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static void require(boolean isMet, String name, @Nullable Object value, String remedy) {
        if (!isMet) {
            throw new IllegalArgumentException(PREFIX + "." + name + " is " + value + ". " + remedy + ".");
        }
    }
}
