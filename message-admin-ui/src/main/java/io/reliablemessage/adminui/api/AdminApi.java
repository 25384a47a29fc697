package io.reliablemessage.adminui.api;

import io.reliablemessage.adminui.ConsoleProperties;
import io.reliablemessage.api.Headers;
import io.reliablemessage.api.ProblemType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Calls the admin API for the logged-in operator. */
@Component
public class AdminApi {

    private final String base;
    private final RestClient http;
    private final JsonMapper json = new JsonMapper();

    AdminApi(ConsoleProperties properties) {
        this.base = properties.service() + "/admin";
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // it would carry the key along
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        var requests = new JdkClientHttpRequestFactory(client);
        requests.setReadTimeout(properties.requestTimeout());
        this.http = RestClient.builder()
                .requestFactory(requests)
                .defaultHeaders(headers -> headers.setBearerAuth(properties.key()))
                .build();
    }

    /** @param path its segments, which may hold anything */
    public <T> T get(Class<T> type, String... path) {
        return call(HttpMethod.GET, type, null, address(path));
    }

    public <T> T get(Class<T> type, Parameters parameters, String... path) {
        return call(HttpMethod.GET, type, null, address(path) + parameters);
    }

    public <T> T post(Class<T> type, @Nullable Object body, String... path) {
        return call(HttpMethod.POST, type, body, address(path));
    }

    public <T> T put(Class<T> type, Object body, String... path) {
        return call(HttpMethod.PUT, type, body, address(path));
    }

    /** The same call as a curl command. */
    public String curl(String method, String... path) {
        return "curl -X %s -H \"Authorization: Bearer $OPERATOR_KEY\" %s".formatted(method, address(path));
    }

    private String address(String... path) {
        return Arrays.stream(path)
                .map(segment -> UriUtils.encode(segment, StandardCharsets.UTF_8))
                .collect(Collectors.joining("/", base + "/", ""));
    }

    private <T> T call(HttpMethod method, Class<T> type, @Nullable Object body, String address) {
        var operator = Operator.current().orElseThrow();
        var request = http.method(method)
                .uri(URI.create(address))
                .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON)
                .header(Headers.ACTOR, UriUtils.encode(operator.name(), StandardCharsets.UTF_8));
        if (operator.role() != null) {
            request.header(Headers.ROLES, operator.role().name());
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(json.writeValueAsBytes(body));
        }
        try {
            return request.exchangeForRequiredValue((sent, response) -> read(response, type));
        } catch (ResourceAccessException unreachable) {
            throw new ServiceUnavailable("no answer from " + base, unreachable);
        }
    }

    private <T> T read(ClientHttpResponse response, Class<T> type) throws IOException {
        var bytes = response.getBody().readAllBytes();
        try {
            if (response.getStatusCode().is2xxSuccessful()) {
                return type == Nothing.class ? type.cast(Nothing.AT_ALL) : present(json.readValue(bytes, type));
            }
        } catch (JacksonException e) {
            throw new ServiceUnavailable("not an answer of the service, at " + base, e);
        }
        throw problem(response.getStatusCode().value(), bytes);
    }

    private <T> T present(@Nullable T answer) {
        if (answer == null || !Members.areComplete(answer)) {
            throw new ServiceUnavailable("not a whole answer of the service, at " + base);
        }
        return answer;
    }

    private RuntimeException problem(int status, byte[] bytes) {
        try {
            var problem = json.readTree(bytes);
            var type = ProblemType.fromUri(problem.path("type").asString("")).orElse(null);
            if (type == null || type == ProblemType.UNAVAILABLE || type == ProblemType.UNAUTHENTICATED) {
                return new ServiceUnavailable(problem.path("detail").asString("status " + status) + " at " + base);
            }
            return new Refusal(
                    status,
                    type,
                    problem.path("detail").asString(problem.path("title").asString("")));
        } catch (JacksonException e) {
            return new ServiceUnavailable("status " + status + " and no problem, at " + base, e);
        }
    }

    /** An answer without a body. */
    public enum Nothing {
        AT_ALL
    }
}
