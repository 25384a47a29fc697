package io.reliablemessage.client.internal;

import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.internal.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends a request to the service, again if that may help, and returns its outcome in time. */
public final class ServiceConnection implements AutoCloseable {

    // Servers and what stands between drop connections that were idle for so long. The JDK keeps them (20 minutes on
    // 17), and notices only if it is told: a request into one that is simply gone gets no answer at all.
    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final int PART_OF_A_DOUBTFUL_ATTEMPT = 3;

    private final ClientSettings settings;
    private final Json json;
    private final HttpTransport http;
    private final Duration quiet;
    private final EpochWatermark epoch = new EpochWatermark();
    private volatile long lastAnswer = System.nanoTime();

    public ServiceConnection(ClientSettings settings) {
        this(settings, Json.of(settings), HttpTransport.create(settings), QUIET);
    }

    /** @param quiet after so long without an answer, kept connections may be gone */
    ServiceConnection(ClientSettings settings, Json json, HttpTransport http, Duration quiet) {
        this.settings = settings;
        this.json = json;
        this.http = http;
        this.quiet = quiet;
    }

    public Json json() {
        return json;
    }

    /** The ledger's epoch, as far as answers have shown it. */
    public Optional<String> epoch() {
        return epoch.value();
    }

    /** @param value null: the parameter is left out */
    public <T> T get(String path, Class<T> type, String parameter, @Nullable String value) {
        var query = value == null ? "" : "?" + parameter + "=" + encode(value);
        return call("GET", path + query, null, type);
    }

    public <T> T get(String path, Class<T> type, String name) {
        return call("GET", expand(path, name), null, type);
    }

    public <T> T put(String path, Object body, Class<T> type) {
        return call("PUT", path, body, type);
    }

    public <T> T put(String path, Object body, Class<T> type, String name) {
        return call("PUT", expand(path, name), body, type);
    }

    /** Sends a message's call by itself. */
    <T> Outcome<T> send(String path, EncodedCall item, Class<T> type, Duration timeout) {
        return exchange("POST", path, item.json(), timeout, response -> response.toObject(type));
    }

    /** Sends several messages' calls as one array. */
    <T> Outcome<List<Outcome<T>>> sendAll(String path, List<EncodedCall> items, Class<T> type, Duration timeout) {
        return exchange("POST", path, array(items), timeout, response -> response.toArray(items, type));
    }

    private static byte[] array(List<EncodedCall> items) {
        var size = items.stream().mapToInt(EncodedCall::weight).sum();
        var array = new ByteArrayOutputStream(size + 1);
        var separator = '[';
        for (var item : items) {
            array.write(separator);
            array.writeBytes(item.json());
            separator = ',';
        }
        array.write(']');
        return array.toByteArray();
    }

    /** Fills in names such as ids; whatever they hold, they stay one segment of the path. */
    static String expand(String path, String name) {
        return path.replaceFirst("\\{\\w+}", encode(name));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T call(String method, String path, @Nullable Object body, Class<T> type) {
        var bytes = body == null ? null : json.write(body);
        return exchange(method, path, bytes, settings.requestTimeout(), response -> response.toObject(type))
                .orThrow(method + " " + path);
    }

    private <T> Outcome<T> exchange(
            String method,
            String path,
            byte @Nullable [] body,
            Duration timeout,
            Function<ServiceResponse, Outcome<T>> read) {
        try {
            var answer = answer(request(method, path, body), Deadline.in(timeout));
            return read.apply(new ServiceResponse(answer, json));
        } catch (IOException e) {
            return Outcome.unanswered(e, settings.url());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.unanswered(new InterruptedIOException("interrupted"), settings.url());
        }
    }

    private HttpRequest.Builder request(String method, String path, byte @Nullable [] body) {
        var request = HttpRequest.newBuilder(
                        URI.create(withoutTrailingSlash(settings.url().toString()) + path))
                .header("Authorization", "Bearer " + settings.apiKey())
                .header("Accept", "application/json, application/problem+json");
        return body == null
                ? request.method(method, BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").method(method, BodyPublishers.ofByteArray(body));
    }

    private ServiceAnswer answer(HttpRequest.Builder request, Deadline deadline)
            throws IOException, InterruptedException {
        IOException before = null;
        for (var attempt = 1; ; attempt++) {
            Optional<Duration> wait;
            try {
                var answer = attempt(attempt, request, deadline.left());
                wait = Repeats.after(answer, attempt).filter(deadline::hasMoreThan);
                if (wait.isEmpty()) {
                    return answer;
                }
            } catch (IOException e) {
                if (before != null) {
                    e.addSuppressed(before);
                }
                wait = Repeats.after(e, attempt).filter(deadline::hasMoreThan);
                if (wait.isEmpty()) {
                    throw e;
                }
                before = e;
            }
            TimeUnit.NANOSECONDS.sleep(wait.get().toNanos());
        }
    }

    private ServiceAnswer attempt(int attempt, HttpRequest.Builder request, Duration left)
            throws IOException, InterruptedException {
        var isDoubtful = attempt == 1 && System.nanoTime() - lastAnswer > quiet.toNanos();
        try {
            var answer = http.send(request, isDoubtful ? left.dividedBy(PART_OF_A_DOUBTFUL_ATTEMPT) : left);
            lastAnswer = System.nanoTime();
            IdClock.PROCESS.follow(answer);
            epoch.follow(answer);
            return answer;
        } catch (HttpTimeoutException e) {
            throw isDoubtful ? new IOException("no answer after a long silence", e) : e;
        }
    }

    @Override
    public void close() {
        http.close();
    }

    String timedOut() {
        return NoAnswer.timedOut(settings.url());
    }

    private static String withoutTrailingSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public String toString() {
        return settings.url().toString();
    }
}
