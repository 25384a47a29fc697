package io.reliablemessage.faults.process;

import io.reliablemessage.faults.load.TestApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Plain calls of programs that may be down. */
public final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Http() {}

    /** Empty: nobody answered. */
    public static Optional<HttpResponse<String>> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    /** Empty: nobody answered. */
    public static Optional<HttpResponse<String>> get(URI address, TestApplication party) {
        return send(HttpRequest.newBuilder(address).header("Authorization", "Bearer " + party.key()));
    }

    /** Empty: nobody answered. */
    public static Optional<HttpResponse<String>> post(URI address) {
        return send(HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Empty: nobody answered. */
    public static Optional<HttpResponse<String>> post(URI address, TestApplication party, String json) {
        return send(HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + party.key())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
        try {
            return Optional.of(CLIENT.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString()));
        } catch (IOException away) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
