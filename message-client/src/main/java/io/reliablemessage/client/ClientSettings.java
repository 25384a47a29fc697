package io.reliablemessage.client;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where the service is, who calls it, and how long a caller waits.
 *
 * @param url the service's address, such as {@code https://messages.example.com}; a path is kept as prefix
 * @param apiKey sent as bearer token; never part of a text this library makes
 * @param connectTimeout until the connection stands; default 1 s
 * @param requestTimeout until the answer's last byte; default 5 s
 */
public record ClientSettings(URI url, String apiKey, Duration connectTimeout, Duration requestTimeout) {

    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(1);
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(5);

    // What a header can carry. Checked here because the HTTP client quotes a value it refuses.
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    public ClientSettings {
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException("The url must be an http or https address with a host");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("The url must not carry credentials, a query or a fragment");
        }
        if (!TOKEN.matcher(apiKey).matches()) {
            throw new IllegalArgumentException(
                    "The API key must be visible ASCII characters without spaces, at least one");
        }
        if (!isPositive(connectTimeout) || !isPositive(requestTimeout)) {
            throw new IllegalArgumentException(
                    "Timeouts must be positive, but are " + connectTimeout + " and " + requestTimeout);
        }
    }

    /** The usual timeouts. */
    public static ClientSettings of(URI url, String apiKey) {
        return new ClientSettings(url, apiKey, DEFAULT_CONNECT_TIMEOUT, DEFAULT_REQUEST_TIMEOUT);
    }

    public ClientSettings withConnectTimeout(Duration timeout) {
        return new ClientSettings(url, apiKey, timeout, requestTimeout);
    }

    public ClientSettings withRequestTimeout(Duration timeout) {
        return new ClientSettings(url, apiKey, connectTimeout, timeout);
    }

    @Override
    public String toString() {
        return "ClientSettings[url=" + url + ", connectTimeout=" + connectTimeout + ", requestTimeout=" + requestTimeout
                + "]";
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
