package io.reliablemessage.worker;

import io.reliablemessage.client.ClientSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Refuses unusable settings, each by its name and with a remedy.
 *
 * @param prefix of the settings' names
 */
public record SettingRules(String prefix) {

    private static final String ADDRESS =
            "Set it (or MESSAGE_SERVICE_URL) to the message service's address, such as http://localhost:8080";
    private static final String KEY = "Set it (or WORKER_KEY) to an API key with the role worker";

    /** Checks the settings {@code service-url} and {@code api-key}. */
    public void service(@Nullable String url, @Nullable String key) {
        require(isGiven(url), "service-url", "missing", ADDRESS);
        require(isGiven(key), "api-key", "missing", KEY);
        usable("service-url", () -> client(url, "any"), ADDRESS);
        usable("api-key", () -> client("http://any", key), KEY);
    }

    /** How a worker calls a service that {@link #service} has passed. */
    public static ClientSettings client(@Nullable String url, @Nullable String key) {
        return ClientSettings.of(
                URI.create(String.valueOf(url).strip()), String.valueOf(key).strip());
    }

    public void within(String name, int value, int least, int most) {
        require(value >= least && value <= most, name, value, "Choose " + least + " to " + most);
    }

    /** Bounds are written as in a configuration. */
    public void within(String name, Duration value, String least, String most) {
        var isWithin = value.compareTo(DurationStyle.detectAndParse(least)) >= 0
                && value.compareTo(DurationStyle.detectAndParse(most)) <= 0;
        require(isWithin, name, value, "Choose " + least + " to " + most);
    }

    private void require(boolean isMet, String name, Object value, String remedy) {
        if (!isMet) {
            throw new IllegalArgumentException(prefix + "." + name + " is " + value + ". " + remedy + ".");
        }
    }

    /** @param use throws an {@link IllegalArgumentException} that says what is wrong */
    public void usable(String name, Runnable use, String remedy) {
        try {
            use.run();
        } catch (IllegalArgumentException e) {
            require(false, name, "not usable: " + e.getMessage(), remedy);
        }
    }

    private static boolean isGiven(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
