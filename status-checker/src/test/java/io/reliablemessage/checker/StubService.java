package io.reliablemessage.checker;

import static io.reliablemessage.testing.HttpStub.respond;

import com.sun.net.httpserver.HttpExchange;
import io.reliablemessage.testing.HttpStub;
import io.reliablemessage.testing.HttpStub.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
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

    private final HttpStub server = new HttpStub();
    private final BlockingQueue<String> due = new LinkedBlockingQueue<>();
    private final List<Call> leases = server.on("/jobs/checkbacks/lease", this::lease);
    private final List<Call> reports = server.on("/jobs/checkbacks/report", this::report);
    private volatile IntUnaryOperator statusOfLease = n -> 200;
    private volatile IntUnaryOperator statusOfReport = n -> 200;

    String url() {
        return server.url();
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
        return bodies(reports);
    }

    List<JsonNode> leases() {
        return bodies(leases);
    }

    private static List<JsonNode> bodies(List<Call> calls) {
        return calls.stream().map(Call::body).map(JSON::readTree).toList();
    }

    private void lease(int n, HttpExchange exchange) throws IOException {
        var taken = new ArrayList<String>();
        var status = statusOfLease.applyAsInt(n);
        if (status == 200) {
            due.drainTo(taken, leases().get(n - 1).path("limit").asInt());
        }
        respond(exchange, status, "{\"requests\":[%s],\"more\":false}".formatted(String.join(",", taken)));
    }

    private void report(int n, HttpExchange exchange) throws IOException {
        respond(
                exchange,
                statusOfReport.applyAsInt(n),
                "{\"confirmed\":0,\"cancelled\":0,\"undecided\":1,\"late\":false}");
    }

    @Override
    public void close() {
        server.close();
    }
}
