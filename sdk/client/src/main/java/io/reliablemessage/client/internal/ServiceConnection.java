package io.reliablemessage.client.internal;

import io.reliablemessage.client.ClientSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriUtils;

/** Sends one request to the service in the calling thread and returns its outcome. */
public final class ServiceConnection {

    private final ClientSettings settings;
    private final RestClient http;

    public ServiceConnection(ClientSettings settings) {
        this.settings = settings;
        this.http = RestClient.builder()
                .requestFactory(requestFactory(settings))
                .defaultHeaders(headers -> headers.setBearerAuth(settings.apiKey()))
                .build();
    }

    public <T> T get(String path, Class<T> type, String name) {
        return call(HttpMethod.GET, expand(path, name), null, type);
    }

    public <T> T put(String path, Object body, Class<T> type) {
        return call(HttpMethod.PUT, path, body, type);
    }

    public <T> T put(String path, Object body, Class<T> type, String name) {
        return call(HttpMethod.PUT, expand(path, name), body, type);
    }

    /** Sends a message's call by itself. */
    <T> Outcome<T> send(String path, EncodedCall item, Class<T> type, Duration timeout) {
        return exchange(HttpMethod.POST, path, written(item.json()), timeout, reply -> reply.toObject(type));
    }

    /** Sends several messages' calls as one array. */
    <T> Outcome<List<Outcome<T>>> sendAll(String path, List<EncodedCall> items, Class<T> type, Duration timeout) {
        StreamingHttpOutputMessage.Body array = out -> {
            var separator = '[';
            for (var item : items) {
                out.write(separator);
                out.write(item.json());
                separator = ',';
            }
            out.write(']');
        };
        return exchange(HttpMethod.POST, path, array, timeout, reply -> reply.toArray(items, type));
    }

    /** Fills in names such as ids; whatever they hold, they stay one segment of the path. */
    static String expand(String path, String name) {
        return path.replaceFirst("\\{\\w+}", UriUtils.encode(name, StandardCharsets.UTF_8));
    }

    private <T> T call(HttpMethod method, String path, @Nullable Object body, Class<T> type) {
        var bytes = body == null ? null : Json.write(body);
        return exchange(method, path, written(bytes), settings.requestTimeout(), reply -> reply.toObject(type))
                .orThrow(method + " " + path);
    }

    private <T> Outcome<T> exchange(
            HttpMethod method,
            String path,
            StreamingHttpOutputMessage.@Nullable Body body,
            Duration timeout,
            Function<ServiceResponse, Outcome<T>> read) {
        var request = http.method(method)
                .uri(URI.create(withoutTrailingSlash(settings.url().toString()) + path))
                .attribute(CallingThreadRequestFactory.TIMEOUT, timeout)
                .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        try {
            return read.apply(request.exchangeForRequiredValue((sent, response) -> new ServiceResponse(
                    response.getStatusCode().value(),
                    response.getHeaders(),
                    response.getBody().readAllBytes())));
        } catch (ResourceAccessException e) {
            return Outcome.unanswered(e.getCause() == null ? e : e.getCause(), settings.url());
        }
    }

    /** Bytes, not a converter: what cannot be written is the caller's mistake, not a failed call. */
    private static StreamingHttpOutputMessage.@Nullable Body written(byte @Nullable [] bytes) {
        return bytes == null ? null : out -> out.write(bytes);
    }

    private static ClientHttpRequestFactory requestFactory(ClientSettings settings) {
        var client = HttpClient.newBuilder()
                // The service speaks 1.1; asking each new connection to upgrade would only cost.
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect would carry the key and, for POST, change the method.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                // The thread that watches the sockets hands the answer to its caller itself. With the default, a pool,
                // a call takes 9 context switches and 290 µs of CPU, with this 4 and 90 (two cores, loopback).
                .executor(Runnable::run)
                .build();
        return new CallingThreadRequestFactory(client, settings.requestTimeout());
    }

    private static String withoutTrailingSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public String toString() {
        return settings.url().toString();
    }
}
