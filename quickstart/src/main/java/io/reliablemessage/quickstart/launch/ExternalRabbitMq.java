package io.reliablemessage.quickstart.launch;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.amqp.autoconfigure.RabbitProperties;
import org.springframework.web.util.UriUtils;

/** The user's RabbitMQ, named by {@code spring.rabbitmq.*}. */
record ExternalRabbitMq(RabbitProperties properties) {

    static ExternalRabbitMq of(Settings settings) {
        return new ExternalRabbitMq(settings.bound(Broker.PREFIX, RabbitProperties.class));
    }

    String url(String userInfo) {
        var scheme = properties.getSsl().determineEnabled() ? "amqps" : "amqp";
        var host = properties.determineVirtualHost();
        var path = host == null || host.equals("/") ? "" : "/" + UriUtils.encode(host, StandardCharsets.UTF_8);
        return scheme + "://" + userInfo + properties.determineAddresses().getFirst() + path;
    }

    /** Fails at once: the applications would wait for the broker, even at a mistyped address. */
    void requireAnswer(Terminal terminal) {
        var addresses = properties.determineAddresses();
        terminal.print("using the RabbitMQ at %s", addresses);
        if (properties.getSsl().determineEnabled()) {
            return; // its certificates are the applications' business
        }
        var factory = new ConnectionFactory();
        factory.setUsername(properties.determineUsername());
        factory.setPassword(properties.determinePassword());
        if (properties.determineVirtualHost() != null) {
            factory.setVirtualHost(properties.determineVirtualHost());
        }
        factory.setConnectionTimeout(5_000);
        factory.setAutomaticRecoveryEnabled(false);
        try (var connection = factory.newConnection(
                addresses.stream().map(Address::parseAddress).toList())) {
            assert connection.isOpen();
        } catch (IOException | TimeoutException e) {
            throw new StartupFailure(
                    "no connection to the RabbitMQ at %s (%s). Correct spring.rabbitmq.host, .port, .username, .password and .virtual-host, or start it."
                            .formatted(addresses, reason(e)),
                    e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() != null ? e.getMessage() : e.getClass().getSimpleName();
    }
}
