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
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private final ClientSettings settings;
    private final HttpClient http;
    private final ScheduledThreadPoolExecutor deadlines;

    private WorkerClient(ClientSettings settings) {
        this.settings = settings;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect would carry the key and, for POST, change the method.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
        deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("call-deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    public static WorkerClient create(ClientSettings settings) {
        return new WorkerClient(settings);
    }

    /**
     * Triggers the redelivery of due deliveries, and the burial of those after their last attempt.
     *
     * @param limit deliveries processed in this call, at least 1
     * @throws ServiceCallException if it failed, or the outcome is unknown
     */
    public RedeliveryReport redeliver(int limit) {
        return post("/jobs/redeliveries", Map.of("limit", limit), RedeliveryReport.class);
    }

    /**
     * Advances operators' bulk operations.
     *
     * @param limit deliveries at most in this call, at least 1
     * @throws ServiceCallException if it failed, or the outcome is unknown
     */
    public OperationsReport operate(int limit) {
        return post("/jobs/operations", new OperationsRequest(limit), OperationsReport.class);
    }

    /**
     * Leases check-backs.
     *
     * @param limit how many requests can be sent now, at least 1
     * @throws ServiceCallException if it failed, or the outcome is unknown
     */
    public CheckbackLeases leaseCheckbacks(int limit) {
        return post("/jobs/checkbacks/lease", new CheckbackLeaseRequest(limit), CheckbackLeases.class);
    }

    /**
     * Reports the result of a check-back. Safe to repeat.
     *
     * @throws ServiceCallException if it failed, or the outcome is unknown
     */
    public CheckbackReportResult report(CheckbackReport report) {
        return post("/jobs/checkbacks/report", report, CheckbackReportResult.class);
    }

    private <T> T post(String path, Object body, Class<T> type) {
        var call = "POST " + path;
        var request = HttpRequest.newBuilder(
                        URI.create(withoutTrailingSlash(settings.url().toString()) + path))
                .timeout(settings.requestTimeout())
                .header("Authorization", "Bearer " + settings.apiKey())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        try {
            return read(call, exchange(request), type);
        } catch (IOException unanswered) {
            throw ServiceCallException.unanswered(call, unanswered, settings.url());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw ServiceCallException.unanswered(call, new InterruptedIOException("interrupted"), settings.url());
        }
    }

    /**
     * Waits in the caller's own thread: an answer that {@code sendAsync} hands over goes through the common pool, which
     * on two cores is one thread, and whatever blocks that would make all calls time out.
     */
    private Answer exchange(HttpRequest request) throws IOException, InterruptedException {
        var start = System.nanoTime();
        var response =
                http.send(request, HttpResponse.BodyHandlers.ofInputStream()); // its timeout ends with the headers
        var left = settings.requestTimeout().minusNanos(System.nanoTime() - start);
        var isOver = new AtomicBoolean();
        try (var body = response.body()) {
            var deadline = deadlines.schedule(() -> end(body, isOver), left.toNanos(), TimeUnit.NANOSECONDS);
            try {
                var bytes = body.readAllBytes();
                if (isOver.get()) {
                    throw new HttpTimeoutException("the answer's body came too slowly");
                }
                return new Answer(response.statusCode(), response.headers(), bytes);
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException broken) {
            throw isOver.get() ? new HttpTimeoutException("the answer's body came too slowly") : broken;
        }
    }

    private static void end(InputStream body, AtomicBoolean isOver) {
        isOver.set(true);
        try {
            body.close();
        } catch (IOException closed) {
            // nobody reads on, which is all that is wanted
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    record Answer(int status, HttpHeaders headers, byte[] body) {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        String contentType() {
            return headers.firstValue("Content-Type").orElse("none");
        }
    }

    private static <T> T read(String call, Answer answer, Class<T> type) {
        if (!answer.isSuccess()) {
            throw ServiceCallException.refused(call, answer);
        }
        try {
            var json = JSON.readTree(answer.body());
            // Any JSON object would read as a record full of nulls: a proxy's login page is no success.
            if (json.hasNonNull(type.getRecordComponents()[0].getName())) {
                return JSON.treeToValue(json, type);
            }
        } catch (JacksonException noise) {
            throw ServiceCallException.notUnderstood(call, answer);
        }
        throw ServiceCallException.notUnderstood(call, answer);
    }

    private static String withoutTrailingSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public String toString() {
        return "WorkerClient[" + settings.url() + "]";
    }
}
