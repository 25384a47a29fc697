package io.reliablemessage.quickstart.shop;

import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the sample's services find what they need.
 *
 * @param serviceUrl the message service
 * @param consuming false: points and stock leave their messages in the queues
 * @param schedule how long points and stock may take to acknowledge each send before the next
 */
@ConfigurationProperties("shop")
public record ShopProperties(
        URI serviceUrl, boolean consuming, List<Duration> schedule, Member orders, Member points, Member stock) {

    /**
     * One of the services, as if it were deployed alone.
     *
     * @param apiKey of its application
     */
    public record Member(String apiKey, Database database) {

        @Override
        public String toString() {
            return "Member[database=" + database + "]";
        }
    }

    public record Database(String url, String username, String password) {

        @Override
        public String toString() {
            return "Database[url=" + url + ", username=" + username + "]";
        }
    }

    public ReliableMessageClient messagesFor(Member member) {
        return ReliableMessageClient.create(ClientSettings.of(serviceUrl, member.apiKey()));
    }
}
