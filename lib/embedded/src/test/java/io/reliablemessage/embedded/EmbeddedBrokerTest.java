package io.reliablemessage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import org.junit.jupiter.api.Test;

/** What RabbitMQ does as well is tested in the module {@code testing}, on both. */
class EmbeddedBrokerTest {

    @Test
    void startsBesideAnother() throws Exception {
        try (var one = EmbeddedBroker.start();
                var other = EmbeddedBroker.start();
                var toOne = connectionTo(one, one.password()).newConnection();
                var toOther = connectionTo(other, other.password()).newConnection()) {
            assertThat(toOne.getPort()).isNotEqualTo(toOther.getPort());
        }
    }

    @Test
    void asksForThePassword() {
        try (var broker = EmbeddedBroker.start()) {
            assertThatThrownBy(() -> connectionTo(broker, "guess").newConnection())
                    .isInstanceOfAny(
                            AuthenticationFailureException.class, PossibleAuthenticationFailureException.class);
        }
    }

    private static ConnectionFactory connectionTo(EmbeddedBroker broker, String password) {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        factory.setUsername(broker.username());
        factory.setPassword(password);
        factory.setVirtualHost(broker.virtualHost());
        return factory;
    }
}
