package io.reliablemessage.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on loopback that answers what a test says and remembers what it was asked. */
final class StubService implements AutoCloseable {

    static final String KEY = "rmk_do-not-show-this";

    record Call(String method, String path, String authorization, String contentType, String body) {}

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Answer answer = json(200, "{}");

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
        answer = next;
        return this;
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
            calls.add(new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    String.valueOf(headers.getFirst("Authorization")),
                    String.valueOf(headers.getFirst("Content-Type")),
                    body));
            answer.to(exchange);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
