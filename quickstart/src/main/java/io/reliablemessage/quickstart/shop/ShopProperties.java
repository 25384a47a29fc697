package io.reliablemessage.quickstart.shop;

import io.reliablemessage.api.Headers;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Settings of the sample's services.
 *
 * @param serviceUrl the message service
 * @param consuming false: points and stock leave their messages in the queues
 */
@ConfigurationProperties("shop")
public record ShopProperties(URI serviceUrl, boolean consuming, Producer orders, Consumer points, Consumer stock) {

    /**
     * The service that sends, as if it were deployed alone.
     *
     * @param apiKey of its application
     * @param checkUrl URL for check-backs
     * @param checkSecret signs check-backs
     * @param checkAfter how long an order may take before a check-back
     */
    public record Producer(String apiKey, Database database, String checkUrl, String checkSecret, Duration checkAfter) {

        @Override
        public String toString() {
            return "Producer[database=" + database + ", checkUrl=" + checkUrl + "]";
        }
    }

    /**
     * A service that receives, as if it were deployed alone.
     *
     * @param apiKey of its application
     * @param schedule how long it may take to acknowledge each send before the next
     * @param maxAttempts sends before a message is given up; null: the message service's default
     */
    public record Consumer(
            String apiKey,
            Database database,
            List<Duration> schedule,
            @Nullable Integer maxAttempts) {

        @Override
        public String toString() {
            return "Consumer[database=" + database + "]";
        }
    }

    public record Database(String url, String username, String password) {

        @Override
        public String toString() {
            return "Database[url=" + url + ", username=" + username + "]";
        }
    }

    public ReliableMessageClient messagesFor(String apiKey) {
        return ReliableMessageClient.create(
                ClientSettings.of(serviceUrl, apiKey).withCurrentTrace(ShopProperties::traceOfTheRequest));
    }

    /** Made by hand; with a tracer, use its current span. */
    private static @Nullable String traceOfTheRequest() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? current.getRequest().getHeader(Headers.TRACE_PARENT)
                : null;
    }
}
