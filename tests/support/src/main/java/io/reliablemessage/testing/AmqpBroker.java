package io.reliablemessage.testing;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;

/**
 * A broker known by its address.
 *
 * @param origin where it came from, such as {@code embedded}
 */
record AmqpBroker(String origin, String host, int port, String username, String password, String virtualHost)
        implements Broker {

    static AmqpBroker named(String uri) {
        var factory = new ConnectionFactory();
        try {
            factory.setUri(uri);
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "TEST_RABBITMQ_URI must look like amqp://user:password@host:5672/vhost", e);
        }
        return new AmqpBroker(
                "named",
                factory.getHost(),
                factory.getPort(),
                factory.getUsername(),
                factory.getPassword(),
                factory.getVirtualHost());
    }

    @Override
    public String description() {
        var name = isRabbitMq()
                ? "RabbitMQ"
                : property("product").replace("Apache ", "").replace(" Core", "");
        return "%s %s (%s)".formatted(name, property("version"), origin);
    }

    @Override
    public boolean isRabbitMq() {
        return property("product").equals("RabbitMQ");
    }

    boolean answers() {
        try {
            property("product");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** The broker's server properties of a new connection. */
    private String property(String name) {
        var factory = new ConnectionFactory();
        factory.setHost(host);
        factory.setPort(port);
        factory.setUsername(username);
        factory.setPassword(password);
        factory.setVirtualHost(virtualHost);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(5_000);
        try (var connection = factory.newConnection()) {
            return String.valueOf(connection.getServerProperties().get(name));
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException("No broker answers on " + host + ":" + port, e);
        }
    }
}
