package io.reliablemessage.spring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and the service, and fails as networks do. */
final class ServiceProxy implements AutoCloseable {

    /** What happens to calls whose path matches. */
    enum Fault {
        NONE,
        /** The call reaches the service, its answer reaches nobody. */
        REPLY_LOST,
        /** The call reaches nobody. */
        NOT_REACHED,
        /** Neither comes back within any caller's time. */
        HUNG
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(ServiceProxy::daemon);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();
    private final URI service;
    private final AtomicInteger hits = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;
    private volatile String path = "";

    ServiceProxy(URI service) throws IOException {
        this.service = service;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::forward);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on, until {@link #heal}. @param path the exact path of the calls; empty: all */
    void fail(Fault how, String path) {
        this.path = path;
        this.fault = how;
    }

    void heal() {
        fault = Fault.NONE;
    }

    /** How many messages of calls a fault has met so far; a call may be about several. */
    int hits() {
        return hits.get();
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var meets = path.isEmpty() || exchange.getRequestURI().getPath().equals(path);
            var how = meets ? fault : Fault.NONE;
            if (how != Fault.NONE) {
                hits.addAndGet(Math.max(1, new String(body, StandardCharsets.UTF_8).split("\"id\":", -1).length - 1));
            }
            switch (how) {
                case NOT_REACHED -> throw new IOException("not reached");
                case HUNG -> hang();
                case REPLY_LOST -> {
                    call(exchange, body);
                    throw new IOException("reply lost");
                }
                case NONE -> reply(exchange, body);
            }
        }
    }

    private void reply(HttpExchange exchange, byte[] body) throws IOException {
        var answer = call(exchange, body);
        answer.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":") && !name.equalsIgnoreCase("content-length")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private java.net.http.HttpResponse<byte[]> call(HttpExchange exchange, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(service.resolve(exchange.getRequestURI()))
                .timeout(Duration.ofSeconds(10))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (var header : new String[] {"Authorization", "Content-Type", "Accept"}) {
            var value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void hang() throws IOException {
        try {
            Thread.sleep(Duration.ofSeconds(6).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("hung");
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "service-proxy");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
