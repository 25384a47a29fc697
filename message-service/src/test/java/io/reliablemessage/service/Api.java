package io.reliablemessage.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Calls one replica as one caller, in plain HTTP, as users do. */
public final class Api {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final JsonMapper JSON = new JsonMapper();

    private final String address;
    private final @Nullable String key;

    public Api(String address, @Nullable String key) {
        this.address = address;
        this.key = key;
    }

    public Answer get(String path) {
        return exchange(request(path).GET());
    }

    public Answer post(String path, Object body) {
        return call("POST", path, body);
    }

    public Answer post(String path) {
        return exchange(request(path).POST(BodyPublishers.noBody()));
    }

    public Answer put(String path, Object body) {
        return call("PUT", path, body);
    }

    public Answer delete(String path) {
        return exchange(request(path).DELETE());
    }

    /** @param body a text or bytes as they are, anything else as JSON */
    public Answer call(String method, String path, Object body, String... headers) {
        var publisher = switch (body) {
            case String text -> BodyPublishers.ofString(text);
            case byte[] bytes -> BodyPublishers.ofByteArray(bytes);
            default -> BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        };
        var request = request(path).header("Content-Type", "application/json").method(method, publisher);
        return exchange(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    public static Answer exchange(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), parsed(response.body()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static tools.jackson.databind.JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JSON.getNodeFactory().stringNode(new String(body, java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
