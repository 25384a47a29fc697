package io.reliablemessage.faults.process;

import static java.util.stream.Collectors.toSet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reliablemessage.adminapi.jobs.CheckbackReportResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A proxy from status checkers to the service, with an entrance each, so that the holder of each lease is known. The
 * first report about an application can be held back until the proxy opens; then the checker sees the service as down.
 */
public final class TcpProxy implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final List<String> HEADERS = List.of("Authorization", "Content-Type", "Accept");
    private static final int AWAY = 503;

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;
    private final List<Lease> leases = new CopyOnWriteArrayList<>();
    private final Map<String, CheckbackReportResult> receipts = new ConcurrentHashMap<>();
    private final Set<String> keptBack = ConcurrentHashMap.newKeySet();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final CountDownLatch opened = new CountDownLatch(1);

    /** @param service behind the proxy; need not be up yet */
    public TcpProxy(URI service) {
        this.service = service;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    /** @param checker who was given it */
    public record Lease(int checker, String application, String id) {}

    /** @param checker 0 to 9 */
    public URI entranceOf(int checker) {
        return URI.create("http://127.0.0.1:%d/%d".formatted(server.getAddress().getPort(), checker));
    }

    /** The holders of these applications' leases. */
    public Set<Integer> holders(Collection<String> applications) {
        return leases.stream()
                .filter(lease -> applications.contains(lease.application()))
                .map(Lease::checker)
                .collect(toSet());
    }

    public Optional<Lease> firstLease(String application) {
        return leases.stream()
                .filter(lease -> lease.application().equals(application))
                .findFirst();
    }

    /** The service's answer to the report that ended the first lease of an application. */
    public Optional<CheckbackReportResult> firstReceipt(String application) {
        return firstLease(application).map(lease -> receipts.get(lease.id()));
    }

    public void keepsBack(String application) {
        keptBack.add(application);
    }

    public boolean isKeepingBack(String application) {
        return firstLease(application).map(Lease::id).filter(waiting::contains).isPresent();
    }

    public void opens() {
        keptBack.clear();
        opened.countDown();
    }

    private void pass(HttpExchange call) throws IOException {
        try (call) {
            var path = call.getRequestURI().getPath();
            var body = call.getRequestBody().readAllBytes();
            var lease =
                    path.endsWith("/report") ? JSON.readTree(body).path("lease").asString() : "";
            if (isKeptBack(lease)) {
                waiting.add(lease);
                opened.await();
                call.sendResponseHeaders(AWAY, -1);
                return;
            }
            var answer = forward(path.substring(2), call, body);
            if (answer.statusCode() == 200) {
                note(Integer.parseInt(path.substring(1, 2)), lease, JSON.readTree(answer.body()));
            }
            call.getResponseHeaders().set("Content-Type", "application/json");
            call.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            call.getResponseBody().write(answer.body());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isKeptBack(String lease) {
        return keptBack.stream()
                .flatMap(application -> firstLease(application).stream())
                .anyMatch(first -> first.id().equals(lease));
    }

    private HttpResponse<byte[]> forward(String path, HttpExchange call, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.resolve(path)).POST(BodyPublishers.ofByteArray(body));
        for (var header : HEADERS) {
            Optional.ofNullable(call.getRequestHeaders().getFirst(header))
                    .ifPresent(value -> request.header(header, value));
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private void note(int checker, String reported, JsonNode answer) {
        if (!reported.isEmpty()) {
            receipts.put(reported, JSON.treeToValue(answer, CheckbackReportResult.class));
        }
        for (var request : answer.path("requests")) {
            leases.add(new Lease(
                    checker,
                    request.path("application").asString(),
                    request.path("lease").asString()));
        }
    }

    @Override
    public void close() {
        opens();
        server.stop(0);
        client.close();
    }
}
