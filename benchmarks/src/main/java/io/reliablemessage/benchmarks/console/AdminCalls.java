package io.reliablemessage.benchmarks.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls the admin API over one connection, one call after the other. */
final class AdminCalls implements AutoCloseable {

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;
    private final String key;

    AdminCalls(URI service, String key) {
        this.service = service;
        this.key = key;
    }

    String call(Page page) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.resolve(page.path()))
                .timeout(MAX_WAIT)
                .header("Authorization", "Bearer " + key);
        if (!page.body().isEmpty()) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(page.body()));
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("%s: %d %s".formatted(page.path(), answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
