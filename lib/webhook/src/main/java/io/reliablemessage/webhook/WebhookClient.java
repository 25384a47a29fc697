package io.reliablemessage.webhook;

import io.reliablemessage.webhook.WebhookResult.Answered;
import io.reliablemessage.webhook.WebhookResult.Failed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
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
 * at most 64 KiB, and an end to everything at the deadline, since a server may send a byte a second for ever. Without TLS
 * it calls only what the allow-list has.
 */
public final class WebhookClient implements AutoCloseable {

    private static final String HTTPS = "https";
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_LINE_LENGTH = 8 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final Timeout MAX_WAIT = Timeout.ofSeconds(15);

    private final CheckedResolver anywhere;
    private final CheckedResolver nearby;
    private final CloseableHttpClient https;
    private final CloseableHttpClient http;
    private final ScheduledThreadPoolExecutor deadlines;

    public WebhookClient(AddressRules rules, int parallel) {
        anywhere = new CheckedResolver(rules::allows, 4 * parallel);
        nearby = new CheckedResolver(rules::allowsPlainHttp, 4 * parallel);
        https = client(anywhere, parallel);
        http = client(nearby, parallel);
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
        var client = HTTPS.equalsIgnoreCase(post.getScheme()) ? https : http;
        var response = client.executeOpen(null, post, null);
        try {
            var body = body(response);
            return body.length > MAX_BODY_BYTES
                    ? Failed.TOO_LARGE
                    : new Answered(response.getCode(), signature(response), body);
        } finally {
            post.abort(); // else closing might read on
            Closer.closeQuietly(response);
        }
    }

    private static Map<String, String> signature(ClassicHttpResponse response) {
        var signature = new HashMap<String, String>();
        for (var name : Signature.HEADERS) {
            var header = response.getFirstHeader(name);
            if (header != null && header.getValue() != null) {
                signature.put(name, header.getValue());
            }
        }
        return signature;
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
        deadlines.shutdownNow();
        anywhere.close();
        nearby.close();
        Closer.closeQuietly(https);
        Closer.closeQuietly(http);
    }
}
