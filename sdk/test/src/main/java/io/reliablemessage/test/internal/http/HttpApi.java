package io.reliablemessage.test.internal.http;

import static io.reliablemessage.api.Headers.EPOCH;
import static io.reliablemessage.api.Headers.IDEMPOTENCY_KEY;
import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INTERNAL_ERROR;
import static io.reliablemessage.api.ProblemType.METHOD_NOT_ALLOWED;
import static io.reliablemessage.api.ProblemType.NOT_ACCEPTABLE;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static io.reliablemessage.api.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reliablemessage.test.internal.http.Keys.Caller;
import io.reliablemessage.test.internal.http.Route.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Serves the API over HTTP, and refuses in the order in which the service does. */
public final class HttpApi implements AutoCloseable {

    static final int MAX_BODY = 8 * 1024 * 1024;

    private static final int MAX_READ = 2 * MAX_BODY; // so that a caller who sends too much reads the answer
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final String JSON = "application/json";

    static {
        // Else an answer's body waits 40 ms for the caller to acknowledge its headers.
        System.setProperty(NO_DELAY, System.getProperty(NO_DELAY, "true"));
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(HttpApi::daemon);
    private final Keys keys;
    private final Guard guard;
    private final Supplier<String> epoch;
    private final List<Route> routes;
    private volatile boolean isAvailable = true;

    /** @param epoch the ledger's, which answers show */
    public HttpApi(Keys keys, Guard guard, Supplier<String> epoch, List<Route> routes) {
        this.keys = keys;
        this.guard = guard;
        this.epoch = epoch;
        this.routes = routes;
        try {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException("no port of 127.0.0.1 could be opened", failed);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param isAvailable false: every call is answered 503 and has no effect */
    public void setAvailable(boolean isAvailable) {
        this.isAvailable = isAvailable;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readNBytes(MAX_READ);
            // Before the call has an effect: a restore may undo it, and then the answer must not show the new epoch.
            exchange.getResponseHeaders().set(EPOCH, epoch.get());
            write(exchange, answer(exchange, body));
        }
    }

    private Answer answer(HttpExchange exchange, byte[] body) {
        var path = exchange.getRequestURI().getPath();
        try {
            if (!isAvailable) {
                throw Problem.of(UNAVAILABLE);
            }
            if (body.length > MAX_BODY) {
                throw new Problem(TOO_LARGE, "A body is at most %d bytes.".formatted(MAX_BODY));
            }
            var caller = keys.callerOf(exchange.getRequestHeaders());
            var route = route(exchange, path, body);
            authorize(caller, route);
            requirePlain(exchange.getRequestHeaders(), exchange.getRequestMethod());
            if (route.body() == Body.REQUIRED && body.length == 0) {
                throw Problem.malformed("The body is missing or cannot be read.");
            }
            var call = new Call(
                    caller.application(),
                    variables(route, path),
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders(),
                    body);
            return guard.call(() -> route.handler().apply(call));
        } catch (Problem problem) {
            return Answer.of(problem, path);
        } catch (RuntimeException unforeseen) {
            return Answer.of(new Problem(INTERNAL_ERROR, "The in-memory service failed: " + unforeseen), path);
        }
    }

    private Route route(HttpExchange exchange, String path, byte[] body) {
        var atPath = routes.stream()
                .filter(route -> route.path().matcher(path).matches())
                .toList();
        if (atPath.isEmpty()) {
            throw Problem.of(NOT_FOUND);
        }
        var route = atPath.stream()
                .filter(one -> one.method().equals(exchange.getRequestMethod()))
                .findFirst()
                .orElseThrow(() -> notAllowed(exchange, atPath));
        var headers = exchange.getRequestHeaders();
        var isRead = route.body() == Body.REQUIRED || (route.body() == Body.OPTIONAL && body.length > 0);
        if (isRead && !MediaTypes.isJson(headers.getFirst("Content-Type"))) {
            throw Problem.of(UNSUPPORTED_MEDIA_TYPE);
        }
        if (!MediaTypes.acceptsJson(headers.getFirst("Accept"))) {
            throw Problem.of(NOT_ACCEPTABLE);
        }
        return route;
    }

    private static Problem notAllowed(HttpExchange exchange, List<Route> atPath) {
        var methods = atPath.stream().map(Route::method).collect(Collectors.joining(","));
        exchange.getResponseHeaders().set("Allow", methods);
        return Problem.of(METHOD_NOT_ALLOWED);
    }

    private static void authorize(Caller caller, Route route) {
        if (Collections.disjoint(route.roles(), caller.roles())) {
            throw new Problem(
                    FORBIDDEN,
                    "This call requires a key with the role %s."
                            .formatted(route.roles().stream()
                                    .map(role -> role.name().toLowerCase(Locale.ROOT))
                                    .sorted()
                                    .collect(Collectors.joining(" or "))));
        }
    }

    /** Bodies are plain UTF-8, also where nobody reads them. */
    private static void requirePlain(Headers headers, String method) {
        if ("GET".equals(method)) {
            return;
        }
        requireSingle(IDEMPOTENCY_KEY, headers);
        requireSingle("Content-Type", headers);
        var type = headers.getFirst("Content-Type");
        var encodings = headers.getOrDefault("Content-Encoding", List.of());
        if ((type != null && !MediaTypes.isUtf8(type)) || !encodings.stream().allMatch("identity"::equalsIgnoreCase)) {
            throw new Problem(
                    UNSUPPORTED_MEDIA_TYPE,
                    "Bodies are UTF-8 and uncompressed; leave the charset and Content-Encoding out.");
        }
    }

    private static void requireSingle(String name, Headers headers) {
        if (headers.getOrDefault(name, List.of()).size() > 1) {
            throw Problem.malformed("The header %s is given more than once.".formatted(name));
        }
    }

    private static List<String> variables(Route route, String path) {
        var matcher = route.path().matcher(path);
        if (!matcher.matches()) {
            throw new IllegalStateException("routed by this path before");
        }
        return IntStream.rangeClosed(1, matcher.groupCount())
                .mapToObj(matcher::group)
                .toList();
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.body() == null) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        var isProblem = answer.status() >= 400;
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", isProblem ? "application/problem+json" : JSON);
        if (answer.status() == UNAVAILABLE.status()) {
            headers.set("Retry-After", "1");
        }
        if (answer.status() == 401) {
            headers.set("WWW-Authenticate", "Bearer");
        }
        var body = Json.write(answer.body());
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "in-memory-message-service");
        thread.setDaemon(true);
        return thread;
    }
}
