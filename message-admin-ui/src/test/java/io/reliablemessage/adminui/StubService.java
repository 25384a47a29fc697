package io.reliablemessage.adminui;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.api.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real HTTP server on loopback that answers as the message service's admin API would, and remembers its calls. */
public final class StubService implements AutoCloseable {

    public static final String KEY = "console-key-do-not-show";

    private static final Answer NOTHING =
            new Answer(404, "{\"type\": \"/problems/not-found\", \"title\": \"Not found\", \"status\": 404}");

    /** @param path with the query, as it was sent */
    public record Call(String method, String path, Map<String, String> headers, String body) {

        private boolean is(String call) {
            return call.equals(method + " " + URI.create(path).getPath());
        }

        /** Decoded; empty: there is none. */
        public String query() {
            var query = URI.create(path).getQuery();
            return query == null ? "" : query;
        }
    }

    /** @param status 0: the connection is cut instead */
    private record Answer(int status, String json) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Answer> later = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile @Nullable Answer always;

    public StubService() {
        this(0);
    }

    private StubService(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
        forget();
    }

    /** One that comes back where it was. */
    public static StubService at(int port) {
        return new StubService(port);
    }

    /** Everything that was answered and asked so far. */
    public void forget() {
        always = null;
        answers.clear();
        later.clear();
        calls.clear();
        answers("GET /admin/messages", 200, "{\"items\": []}");
        answers("GET /admin/operations", 200, "{\"items\": []}");
        answers("GET /admin/messages/count", 200, "{\"count\": 0, \"capped\": false}");
    }

    /** @param call method and path, without the query */
    public StubService answers(String call, int status, String json) {
        answers.put(call, new Answer(status, json));
        return this;
    }

    public StubService answers(String call, Object view) {
        return answers(call, 200, Fixtures.json(view));
    }

    public StubService refuses(String call, ProblemType type, String detail) {
        return answers(call, type.status(), Fixtures.problem(type, detail));
    }

    public StubService cutsOff(String call) {
        return answers(call, 0, "");
    }

    /**
     * A first answer, and another one from the second time on.
     *
     * @param second null: the connection is cut
     */
    public StubService answersInTurn(String call, String first, @Nullable String second) {
        later.put(call, second == null ? new Answer(0, "") : new Answer(200, second));
        return answers(call, 200, first);
    }

    /** Whatever is asked. */
    public void alwaysAnswers(int status, String body) {
        always = new Answer(status, body);
    }

    public List<Call> calls() {
        return calls;
    }

    public List<Call> calls(String call) {
        return calls.stream().filter(made -> made.is(call)).toList();
    }

    /** The only one of its kind. */
    public Call call(String call) {
        var made = calls(call);
        if (made.size() != 1) {
            throw new AssertionError(call + " was called " + made.size() + " times; all calls: " + calls);
        }
        return made.getFirst();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var call = new Call(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
            calls.add(call);
            var fixed = always;
            var path =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            var answer = fixed == null ? answers.getOrDefault(path, NOTHING) : fixed;
            Optional.ofNullable(later.remove(path)).ifPresent(second -> answers.put(path, second));
            answer(exchange, answer);
        }
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.status == 0) {
            return;
        }
        var bytes = answer.json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", answer.status < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
