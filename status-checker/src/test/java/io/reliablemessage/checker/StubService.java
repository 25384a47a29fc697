package io.reliablemessage.checker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntUnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real HTTP server on loopback in place of the message service: hands out what it is given, keeps
 * what is reported.
 */
final class StubService implements AutoCloseable {

    static final String KEY = "rmk_do-not-show-this";

    private static final JsonMapper JSON = new JsonMapper();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<String> due = new LinkedBlockingQueue<>();
    private final List<JsonNode> reports = new CopyOnWriteArrayList<>();
    private final List<JsonNode> leases = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile IntUnaryOperator statusOfLease = n -> 200;
    private volatile IntUnaryOperator statusOfReport = n -> 200;

    StubService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/jobs/checkbacks/lease", this::lease);
        server.createContext("/jobs/checkbacks/report", this::report);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What is to be asked next. */
    void due(String... leases) {
        due.addAll(Arrays.asList(leases));
    }

    static String lease(String id, String url) {
        return """
                {"lease":"%s","expiresAt":"2026-01-01T00:00:00Z","application":"shop","url":"%s",
                 "headers":{"webhook-id":"%s","content-type":"application/json"},"body":"{\\"messages\\":[]}","deadline":"PT0.8S"}""".formatted(id, url, id);
    }

    void answersLeasesWith(IntUnaryOperator status) {
        statusOfLease = status;
    }

    void answersReportsWith(IntUnaryOperator status) {
        statusOfReport = status;
    }

    List<JsonNode> reports() {
        return reports;
    }

    List<JsonNode> leases() {
        return leases;
    }

    private void lease(HttpExchange exchange) throws IOException {
        try (exchange) {
            leases.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            var taken = new java.util.ArrayList<String>();
            var status = statusOfLease.applyAsInt(leases.size());
            if (status == 200) {
                due.drainTo(taken, leases.getLast().path("limit").asInt());
            }
            respond(exchange, status, "{\"requests\":[%s],\"more\":false}".formatted(String.join(",", taken)));
        }
    }

    private void report(HttpExchange exchange) throws IOException {
        try (exchange) {
            reports.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            respond(
                    exchange,
                    statusOfReport.applyAsInt(reports.size()),
                    "{\"confirmed\":0,\"cancelled\":0,\"undecided\":1,\"late\":false}");
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
