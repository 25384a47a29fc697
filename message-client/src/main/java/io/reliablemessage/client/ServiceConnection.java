package io.reliablemessage.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriUtils;

/** One call to the service: a record goes out, a record comes back or a typed exception says why not. */
final class ServiceConnection {

    private final ClientSettings settings;
    private final RestClient http;

    ServiceConnection(ClientSettings settings) {
        this.settings = settings;
        this.http = RestClient.builder()
                .requestFactory(requestFactory(settings))
                .defaultHeaders(headers -> headers.setBearerAuth(settings.apiKey()))
                .build();
    }

    <T> T get(String path, Class<T> type, String name) {
        return call(HttpMethod.GET, path, null, type, name);
    }

    <T> T post(String path, @Nullable Object body, Class<T> type, String... names) {
        return call(HttpMethod.POST, path, body, type, names);
    }

    <T> T put(String path, Object body, Class<T> type, String name) {
        return call(HttpMethod.PUT, path, body, type, name);
    }

    private <T> T call(HttpMethod method, String path, @Nullable Object body, Class<T> type, String... names) {
        var target = expand(path, names);
        var call = method + " " + target;
        var request = http.method(method)
                .uri(URI.create(withoutTrailingSlash(settings.url().toString()) + target))
                .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON);
        if (body != null) {
            // Bytes, not a converter: what cannot be written is the caller's mistake, not a failed call.
            request.contentType(MediaType.APPLICATION_JSON).body(Json.write(body));
        }
        try {
            return request.exchangeForRequiredValue((sent, response) -> answer(call, response, type));
        } catch (ResourceAccessException e) {
            throw ServiceUnavailableException.unanswered(call, e.getCause() == null ? e : e.getCause());
        }
    }

    private static <T> T answer(String call, ClientHttpResponse response, Class<T> type) throws IOException {
        var status = response.getStatusCode();
        var body = response.getBody().readAllBytes();
        if (!status.is2xxSuccessful()) {
            throw Problem.read(status.value(), response.getHeaders(), body).toException(call);
        }
        return Json.readAnswer(body, type)
                // A success by its status, but whose?
                .orElseThrow(() -> new ServiceUnavailableException(
                        call, Problem.unexplained(status.value(), response.getHeaders()), null));
    }

    /** Fills in names such as ids; whatever they hold, they stay one segment of the path. */
    private static String expand(String path, String... names) {
        for (var name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("An empty name or id cannot be part of a call's path");
            }
            path = path.replaceFirst("\\{\\w+}", UriUtils.encode(name, StandardCharsets.UTF_8));
        }
        return path;
    }

    private static ClientHttpRequestFactory requestFactory(ClientSettings settings) {
        var client = HttpClient.newBuilder()
                // The service speaks 1.1; asking each new connection to upgrade would only cost.
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect would carry the key and, for POST, change the method.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
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
