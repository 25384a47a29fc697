package io.reliablemessage.client;

import io.reliablemessage.api.internal.Arguments;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the client: address, key, timeouts, how calls share requests, and how payloads become JSON.
 *
 * @param url the service's address, such as {@code https://messages.example.com}; a path is kept as prefix
 * @param apiKey sent as bearer token; never part of a text of this library
 * @param connectTimeout until the connection stands; default 1 s
 * @param requestTimeout until the answer's last byte, looking up the name, waiting for other calls and repeats
 *     included; default 5 s
 * @param coalescing how calls about single messages share requests
 * @param currentTrace the trace that messages are prepared in; default: none
 * @param payloads writes payloads; null: the codec does
 * @param json null: Jackson 3 or 2, whichever is on the class path
 */
public record ClientSettings(
        URI url,
        String apiKey,
        Duration connectTimeout,
        Duration requestTimeout,
        Coalescing coalescing,
        CurrentTrace currentTrace,
        @Nullable PayloadWriter payloads,
        @Nullable JsonCodec json) {

    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(1);
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(5);

    // Clocks that count nanoseconds end after 292 years.
    private static final Duration MAX_TIMEOUT = Duration.ofDays(365);
    // What a header can carry. Checked here because the HTTP client quotes a value it refuses.
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    public ClientSettings {
        Arguments.present("url", url, "give the service's address, such as https://messages.example.com");
        Arguments.present("apiKey", apiKey, "give the key of this application");
        Arguments.present("connectTimeout", connectTimeout, "give a duration");
        Arguments.present("requestTimeout", requestTimeout, "give a duration");
        Arguments.present("coalescing", coalescing, "see Coalescing.DEFAULT");
        Arguments.present("currentTrace", currentTrace, "CurrentTrace.NONE means no tracing");
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
        requireTimeout("connectTimeout", connectTimeout);
        requireTimeout("requestTimeout", requestTimeout);
    }

    /** Settings with the default timeouts and coalescing. */
    public static ClientSettings of(URI url, String apiKey) {
        return new ClientSettings(
                url,
                apiKey,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_REQUEST_TIMEOUT,
                Coalescing.DEFAULT,
                CurrentTrace.NONE,
                null,
                null);
    }

    public ClientSettings withConnectTimeout(Duration timeout) {
        return new ClientSettings(url, apiKey, timeout, requestTimeout, coalescing, currentTrace, payloads, json);
    }

    public ClientSettings withRequestTimeout(Duration timeout) {
        return new ClientSettings(url, apiKey, connectTimeout, timeout, coalescing, currentTrace, payloads, json);
    }

    public ClientSettings withCoalescing(Coalescing changed) {
        return new ClientSettings(url, apiKey, connectTimeout, requestTimeout, changed, currentTrace, payloads, json);
    }

    /** Messages are prepared in the trace of the thread that prepares them. */
    public ClientSettings withCurrentTrace(CurrentTrace current) {
        return new ClientSettings(url, apiKey, connectTimeout, requestTimeout, coalescing, current, payloads, json);
    }

    /** Payloads are written by the application's own mapper: {@code objectMapper::writeValueAsString}. */
    public ClientSettings withPayloads(PayloadWriter writer) {
        return new ClientSettings(url, apiKey, connectTimeout, requestTimeout, coalescing, currentTrace, writer, json);
    }

    /** For applications that have no Jackson. */
    public ClientSettings withJson(JsonCodec codec) {
        return new ClientSettings(
                url, apiKey, connectTimeout, requestTimeout, coalescing, currentTrace, payloads, codec);
    }

    @Override
    public String toString() {
        return "ClientSettings[url=" + url + ", connectTimeout=" + connectTimeout + ", requestTimeout=" + requestTimeout
                + ", coalescing=" + coalescing + "]";
    }

    private static void requireTimeout(String name, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "%s is %s, but takes more than 0, at most 365 days".formatted(name, timeout));
        }
    }

    /**
     * How calls of one kind (prepare, send, confirm, cancel, ack, reject) share requests. A call that is alone goes at
     * once. What comes while {@code inFlight} requests are on their way goes together, and so does what comes after it:
     * callers that were answered together are waited for, a fourth of a round trip at most.
     *
     * @param enabled false: every call is a request of its own, as many at a time as there are callers; those that
     *     return futures go one after another
     * @param inFlight requests on their way at a time, 1 to 8: that many prepares, that many other calls of producers, and
     *     that many of consumers; default 1
     * @param batchItems messages in a request, 1 to 500; default 100
     * @param batchBytes a request's size, 1 byte to 8 MiB; default 4 MiB; a larger message goes alone
     * @param waitingItems calls of one kind that may wait, at least 1; default 10,000; one more fails at once
     * @param waitingBytes their total size, at least 1 byte; default 64 MiB; if nothing waits, any one call may
     */
    public record Coalescing(
            boolean enabled, int inFlight, int batchItems, long batchBytes, int waitingItems, long waitingBytes) {

        // What the service takes in one request.
        private static final int MAX_ITEMS = 500;
        private static final long MAX_BYTES = 8L << 20;
        // More would only make the batches small again.
        private static final int MAX_IN_FLIGHT = 8;

        public static final Coalescing DEFAULT = new Coalescing(true, 1, 100, 4L << 20, 10_000, 64L << 20);

        public Coalescing {
            require(isWithin(inFlight, MAX_IN_FLIGHT), "inFlight", inFlight, "1 to " + MAX_IN_FLIGHT);
            require(isWithin(batchItems, MAX_ITEMS), "batchItems", batchItems, "1 to " + MAX_ITEMS);
            require(isWithin(batchBytes, MAX_BYTES), "batchBytes", batchBytes, "1 to " + MAX_BYTES);
            require(waitingItems >= 1, "waitingItems", waitingItems, "at least 1");
            require(waitingBytes >= 1, "waitingBytes", waitingBytes, "at least 1");
        }

        public Coalescing withEnabled(boolean changed) {
            return new Coalescing(changed, inFlight, batchItems, batchBytes, waitingItems, waitingBytes);
        }

        public Coalescing withInFlight(int changed) {
            return new Coalescing(enabled, changed, batchItems, batchBytes, waitingItems, waitingBytes);
        }

        public Coalescing withBatchItems(int changed) {
            return new Coalescing(enabled, inFlight, changed, batchBytes, waitingItems, waitingBytes);
        }

        public Coalescing withBatchBytes(long changed) {
            return new Coalescing(enabled, inFlight, batchItems, changed, waitingItems, waitingBytes);
        }

        public Coalescing withWaitingItems(int changed) {
            return new Coalescing(enabled, inFlight, batchItems, batchBytes, changed, waitingBytes);
        }

        public Coalescing withWaitingBytes(long changed) {
            return new Coalescing(enabled, inFlight, batchItems, batchBytes, waitingItems, changed);
        }

        private static boolean isWithin(long value, long most) {
            return value >= 1 && value <= most;
        }

        private static void require(boolean holds, String name, Object value, String allowed) {
            if (!holds) {
                throw new IllegalArgumentException("coalescing." + name + " is " + value + ", but takes " + allowed);
            }
        }
    }
}
