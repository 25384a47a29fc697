package io.reliablemessage.client;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reliablemessage.client.internal.json.TestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A real HTTP server on loopback that answers what a test says and remembers what it was asked. */
final class StubService implements AutoCloseable {

    static final String KEY = "rmk_do-not-show-this";

    record Call(String method, String path, String authorization, String contentType, String body) {}

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    interface BodyAnswer {
        void to(HttpExchange exchange, String body) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private volatile BodyAnswer answer = (exchange, body) -> json(200, "{}").to(exchange);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    StubService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    StubService answers(Answer next) {
        answer = (exchange, body) -> next.to(exchange);
        return this;
    }

    /** Answers as the service does: an object alone, an array item by item; a problem alone is the answer's body. */
    StubService answersEach(UnaryOperator<String> answerToId) {
        answer = (exchange, body) -> {
            if (body.startsWith("[")) {
                var answers = idsIn(body).stream().map(answerToId).collect(Collectors.joining(",", "[", "]"));
                json(200, answers).to(exchange);
            } else {
                var alone = answerToId.apply(idsIn(body).get(0));
                if (objectIn(alone).get("problem") instanceof Map<?, ?> problem) {
                    json((Integer) requireNonNull(problem.get("status")), TestJson.CODEC.write(problem))
                            .to(exchange);
                } else {
                    json(200, alone).to(exchange);
                }
            }
        };
        return this;
    }

    /** The same, but arrays are answered with one thing. */
    StubService answersArrays(Answer toArrays, UnaryOperator<String> answerToId) {
        var each = answersEach(answerToId).answer;
        answer = (exchange, body) -> {
            if (body.startsWith("[")) {
                toArrays.to(exchange);
            } else {
                each.to(exchange, body);
            }
        };
        return this;
    }

    /** From now on answers nothing until {@link #goOn()}, or until what comes from here on is let go. */
    CountDownLatch stall() {
        gate = new CountDownLatch(1);
        return gate;
    }

    void goOn() {
        gate.countDown();
    }

    /** Where the calls so far came from. */
    int connections() {
        return connections.size();
    }

    /** What each call so far was about, in order. */
    List<List<String>> ids() {
        return calls.stream().map(call -> idsIn(call.body())).toList();
    }

    static List<String> idsIn(String body) {
        var items =
                body.startsWith("[") ? (List<?>) requireNonNull(TestJson.CODEC.read(body)) : List.of(objectIn(body));
        return items.stream()
                .map(item -> String.valueOf(((Map<?, ?>) item).get("id")))
                .toList();
    }

    private static Map<?, ?> objectIn(String json) {
        return (Map<?, ?>) requireNonNull(TestJson.CODEC.read(json));
    }

    static String sending(String id) {
        return "{\"id\":\"" + id + "\",\"state\":\"SENDING\"}";
    }

    StubService answers(int status, String json) {
        return answers(json(status, json));
    }

    ReliableMessageClient client() {
        return ReliableMessageClient.create(settings());
    }

    ClientSettings settings() {
        return ClientSettings.of(url(), KEY);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Call> calls() {
        return calls;
    }

    static Answer json(int status, String json) {
        var type = status < 400 ? "application/json" : "application/problem+json";
        return exchange -> respond(exchange, status, type, json);
    }

    static void respond(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            connections.add(exchange.getRemoteAddress());
            var open = gate;
            calls.add(new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    String.valueOf(headers.getFirst("Authorization")),
                    String.valueOf(headers.getFirst("Content-Type")),
                    body));
            open.await();
            answer.to(exchange, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
        threads.shutdownNow();
    }
}
