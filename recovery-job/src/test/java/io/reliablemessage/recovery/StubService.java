package io.reliablemessage.recovery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on loopback in place of the message service; it remembers what it was asked. */
final class StubService implements AutoCloseable {

    static final String KEY = "rmk_do-not-show-this";
    static final String NOTHING_DUE = report(0, 0, false);

    record Call(String method, String path, String authorization, String body) {}

    interface Answer {
        /** Answers the n-th call, from 1. */
        void to(int n, HttpExchange exchange) throws IOException;
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Call> operationCalls = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Answer answer = (n, exchange) -> respond(exchange, 200, NOTHING_DUE);
    private volatile Answer operationAnswer = (n, exchange) -> respond(exchange, 200, operated(0, false));

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

    void answers(Answer next) {
        answer = next;
    }

    void answersOperations(Answer next) {
        operationAnswer = next;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** For redelivery. */
    List<Call> calls() {
        return calls;
    }

    List<Call> operationCalls() {
        return operationCalls;
    }

    static String operated(int done, boolean more) {
        return "{\"done\":%d,\"seen\":0,\"more\":%b}".formatted(done, more);
    }

    static String report(int sent, int buried, boolean more) {
        return "{\"sent\":%d,\"buried\":%d,\"postponed\":0,\"more\":%b,\"brokerAvailable\":true}"
                .formatted(sent, buried, more);
    }

    static void respond(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var isForOperations = exchange.getRequestURI().getPath().equals("/jobs/operations");
            var kind = isForOperations ? operationCalls : calls;
            kind.add(new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    body));
            (isForOperations ? operationAnswer : answer).to(kind.size(), exchange);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
