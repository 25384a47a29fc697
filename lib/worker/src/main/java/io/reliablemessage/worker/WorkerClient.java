package io.reliablemessage.worker;

import io.reliablemessage.adminapi.jobs.CheckbackLeaseRequest;
import io.reliablemessage.adminapi.jobs.CheckbackLeases;
import io.reliablemessage.adminapi.jobs.CheckbackReport;
import io.reliablemessage.adminapi.jobs.CheckbackReportResult;
import io.reliablemessage.adminapi.jobs.OperationsReport;
import io.reliablemessage.adminapi.jobs.OperationsRequest;
import io.reliablemessage.adminapi.jobs.RedeliveryReport;
import io.reliablemessage.client.ClientSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service's {@code /jobs} for workers, which hold neither state nor policy. Safe for use by many threads. */
public final class WorkerClient {

    // The service is upgraded first: members and values that this version does not know are passed over.
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .build();

    private final URI url;
    private final RestClient http;

    private WorkerClient(ClientSettings settings) {
        url = settings.url();
        http = RestClient.builder()
                .requestFactory(requestFactory(settings))
                .defaultHeaders(headers -> headers.setBearerAuth(settings.apiKey()))
                .build();
    }

    public static WorkerClient create(ClientSettings settings) {
        return new WorkerClient(settings);
    }

    /**
     * Sends again what is due, and gives up what was sent often enough.
     *
     * @param limit deliveries looked at in this call, at least 1
     * @throws ServiceCallException if the service did not do it, or nobody knows
     */
    public RedeliveryReport redeliver(int limit) {
        return post("/jobs/redeliveries", Map.of("limit", limit), RedeliveryReport.class);
    }

    /**
     * Carries operators' bulk operations on.
     *
     * @param limit deliveries at most in this call, at least 1
     * @throws ServiceCallException if the service did not do it, or nobody knows
     */
    public OperationsReport operate(int limit) {
        return post("/jobs/operations", new OperationsRequest(limit), OperationsReport.class);
    }

    /**
     * Takes check-backs to make, for as long as their leases last.
     *
     * @param limit how many requests can be sent now, at least 1
     * @throws ServiceCallException if the service did not do it, or nobody knows
     */
    public CheckbackLeases leaseCheckbacks(int limit) {
        return post("/jobs/checkbacks/lease", new CheckbackLeaseRequest(limit), CheckbackLeases.class);
    }

    /**
     * Reports what came back. Safe to repeat.
     *
     * @throws ServiceCallException if the service did not take it, or nobody knows
     */
    public CheckbackReportResult report(CheckbackReport report) {
        return post("/jobs/checkbacks/report", report, CheckbackReportResult.class);
    }

    private <T> T post(String path, Object body, Class<T> type) {
        var call = "POST " + path;
        try {
            return http.post()
                    .uri(URI.create(withoutTrailingSlash(url.toString()) + path))
                    .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(JSON.writeValueAsBytes(body))
                    .exchangeForRequiredValue((request, response) -> read(call, response, type));
        } catch (ResourceAccessException unanswered) {
            throw ServiceCallException.unanswered(call, unanswered);
        }
    }

    private static <T> T read(String call, ClientHttpResponse response, Class<T> type) throws IOException {
        var body = response.getBody().readAllBytes();
        if (!response.getStatusCode().is2xxSuccessful()) {
            throw ServiceCallException.refused(call, response, body);
        }
        try {
            var answer = JSON.readTree(body);
            // Any JSON object would read as a record full of nulls: a proxy's login page is no success.
            if (answer.hasNonNull(type.getRecordComponents()[0].getName())) {
                return JSON.treeToValue(answer, type);
            }
        } catch (JacksonException noise) {
            throw ServiceCallException.notUnderstood(call, response);
        }
        throw ServiceCallException.notUnderstood(call, response);
    }

    private static ClientHttpRequestFactory requestFactory(ClientSettings settings) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect would carry the key and, for POST, change the method.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
        var requests = new JdkClientHttpRequestFactory(client);
        // for the call as a whole, until the answer's last byte
        requests.setReadTimeout(settings.requestTimeout());
        return requests;
    }

    private static String withoutTrailingSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public String toString() {
        return "WorkerClient[" + url + "]";
    }
}
