package io.reliablemessage.adminui;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server on loopback that answers as the message service's admin API would, and remembers its calls. */
public final class StubService implements AutoCloseable {

    public static final String KEY = "console-key-do-not-show";

    public record Call(String method, String path, Map<String, String> headers, String body) {}

    private record Answer(int status, String json) {}

    private final Map<String, Answer> answers = new TreeMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public StubService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
        answers("GET /admin/messages", 200, "{\"items\": []}");
        answers("GET /admin/operations", 200, "{\"items\": []}");
        answers("GET /admin/messages/count", 200, "{\"count\": 0, \"capped\": false}");
    }

    /** @param call method and path, without the query */
    public StubService answers(String call, int status, String json) {
        answers.put(call, new Answer(status, json));
        return this;
    }

    public List<Call> calls() {
        return calls;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(new Call(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
            var answer = answers.getOrDefault(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(),
                    new Answer(404, "{\"type\": \"/problems/not-found\", \"title\": \"Not found\", \"status\": 404}"));
            var bytes = answer.json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", answer.status < 400 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
