package io.reliablemessage.webhook;

import io.reliablemessage.webhook.WebhookResult.Answered;
import io.reliablemessage.webhook.WebhookResult.Failed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;

/**
 * Calls addresses that others chose, and trusts no response: no redirect, no cookie, no decompression, no second try,
 * at most 64 KiB, and an end to everything at the deadline, since a server may send a byte a second for ever.
 */
public final class WebhookClient implements AutoCloseable {

    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_LINE_LENGTH = 8 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final Timeout MAX_WAIT = Timeout.ofSeconds(15);

    private final CloseableHttpClient http;
    private final CheckedResolver resolver;
    private final ScheduledThreadPoolExecutor deadlines;

    public WebhookClient(AddressRules rules, int parallel) {
        resolver = new CheckedResolver(rules, 4 * parallel);
        http = client(resolver, parallel);
        deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /** Sends it once; whatever happens is a result. */
    public WebhookResult send(WebhookRequest request) {
        var isOver = new AtomicBoolean();
        try {
            var post = post(request);
            var deadline = deadlines.schedule(
                    () -> {
                        isOver.set(true);
                        post.abort();
                    },
                    request.deadline().toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                return exchange(post);
            } finally {
                deadline.cancel(false);
            }
        } catch (CheckedResolver.ForbiddenAddress forbidden) {
            return Failed.FORBIDDEN_ADDRESS;
        } catch (IOException | RuntimeException failed) {
            return isOver.get() ? Failed.TIMEOUT : Failed.UNREACHABLE;
        }
    }

    private static HttpPost post(WebhookRequest request) {
        var post = new HttpPost(request.url());
        request.headers().forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(request.body().getBytes(StandardCharsets.UTF_8), null));
        return post;
    }

    private WebhookResult exchange(HttpPost post) throws IOException {
        var response = http.executeOpen(null, post, null);
        try {
            var body = body(response);
            return body.length > MAX_BODY_BYTES ? Failed.TOO_LARGE : new Answered(response.getCode(), body);
        } finally {
            post.abort(); // else closing might read on
            Closer.closeQuietly(response);
        }
    }

    private static byte[] body(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        return entity == null ? new byte[0] : entity.getContent().readNBytes(MAX_BODY_BYTES + 1);
    }

    private static CloseableHttpClient client(CheckedResolver resolver, int parallel) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(MAX_LINE_LENGTH)
                                .setMaxHeaderCount(MAX_HEADERS)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(MAX_WAIT)
                        .setSocketTimeout(MAX_WAIT)
                        .build())
                .setMaxConnTotal(parallel)
                .setMaxConnPerRoute(parallel)
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy(
                        (request, response, context) -> false) // each request resolves and checks the name again
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(MAX_WAIT)
                        .setResponseTimeout(MAX_WAIT)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("reliable-message")
                .build();
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            deadlines.shutdownNow();
            resolver.close();
        }
    }
}
