package io.reliablemessage.webhook;

import io.reliablemessage.webhook.WebhookResult.Answered;
import io.reliablemessage.webhook.WebhookResult.Failed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.jspecify.annotations.Nullable;

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

    public WebhookClient(AddressRules rules, int parallel) {
        anywhere = new CheckedResolver(rules::allows, 4 * parallel);
        nearby = new CheckedResolver(rules::allowsPlainHttp, 4 * parallel);
        https = client(anywhere, parallel);
        http = client(nearby, parallel);
    }

    /** Sends it once; whatever happens is a result. */
    public WebhookResult send(WebhookRequest request) {
        try {
            return inTime(post(request), request.deadline());
        } catch (RuntimeException unfit) {
            return Failed.UNREACHABLE;
        }
    }

    /** In a virtual thread: an interrupt ends whatever it waits for, the closing of a connection included. */
    private WebhookResult inTime(HttpPost post, Duration deadline) {
        var exchange = new FutureTask<>(() -> exchange(post));
        var thread = Thread.ofVirtual().name("webhook").start(exchange);
        try {
            return exchange.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return Failed.TIMEOUT;
        } catch (ExecutionException failed) {
            return failure(failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Failed.UNREACHABLE;
        } finally {
            if (!exchange.isDone()) {
                post.abort();
                thread.interrupt();
            }
        }
    }

    private static Failed failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof CheckedResolver.ForbiddenAddress ? Failed.FORBIDDEN_ADDRESS : Failed.UNREACHABLE;
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
        var isRead = false;
        try {
            var body = body(response);
            isRead = body.length <= MAX_BODY_BYTES;
            return isRead ? new Answered(response.getCode(), signature(response), body) : Failed.TOO_LARGE;
        } finally {
            if (!isRead) {
                post.abort(); // else closing might read on
            }
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
                // Each request resolves and checks the name again: kept for no time, a connection is closed once its
                // answer is read. As one that may not be kept, it would be reset.
                .setConnectionReuseStrategy((request, response, context) -> true)
                .setKeepAliveStrategy((response, context) -> null)
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
        anywhere.close();
        nearby.close();
        Closer.closeQuietly(https);
        Closer.closeQuietly(http);
    }
}
