package io.reliablemessage.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    @Test
    void aReaderReadsItsQueuesAndDoesNothingElse() throws Exception {
        try (var broker = EmbeddedBroker.start();
                var owner = connectionTo(broker, broker.password()).newConnection();
                var channel = owner.createChannel()) {
            for (var queue : List.of("rm.mine", "rm.mine.other", "rm.minerals", "rm.others")) {
                channel.queueDeclare(queue, true, false, false, null);
                channel.basicPublish("", queue, null, queue.getBytes(UTF_8));
            }
            broker.addReader("reader", "secret", List.of("rm.mine", "rm.mine.*"));

            channel.basicPublish("", "rm.others", null, new byte[0]);
            channel.queueDeclarePassive("rm.others"); // the owner still may everything
            var reader = connection("reader", broker, "secret");
            assertThat(consumed("rm.mine", reader)).isEqualTo("rm.mine");
            assertThat(consumed("rm.mine.other", reader)).isEqualTo("rm.mine.other");
            mayNot(reader, own -> own.basicConsume("rm.others", (tag, message) -> {}, tag -> {}));
            mayNot(reader, own -> own.basicConsume("rm.minerals", (tag, message) -> {}, tag -> {}));
            mayNot(reader, own -> own.basicGet("rm.others", true));
            mayNot(reader, own -> own.queueDeclare("rm.mine.new", true, false, false, null));
            mayNot(reader, own -> own.queueDelete("rm.mine"));
            mayNot(reader, own -> {
                own.basicPublish("", "rm.mine", null, new byte[0]);
                own.queueDeclarePassive("rm.mine"); // after the refusal
            });
        }
    }

    /** As Spring's listener does. */
    private static String consumed(String queue, ConnectionFactory reader) throws Exception {
        var body = new CompletableFuture<String>();
        try (var connection = reader.newConnection();
                var channel = connection.createChannel()) {
            channel.queueDeclarePassive(queue);
            channel.basicQos(10);
            channel.basicConsume(
                    queue, true, (tag, message) -> body.complete(new String(message.getBody(), UTF_8)), tag -> {});
            return body.get(10, TimeUnit.SECONDS);
        }
    }

    private interface Attempt {
        void with(Channel channel) throws IOException;
    }

    /** A refusal ends the connection. */
    private static void mayNot(ConnectionFactory reader, Attempt attempt) throws Exception {
        var channel = reader.newConnection().createChannel();
        assertThatThrownBy(() -> attempt.with(channel)).hasStackTraceContaining("reply-code=403");
    }

    private static ConnectionFactory connectionTo(EmbeddedBroker broker, String password) {
        return connection(broker.username(), broker, password);
    }

    private static ConnectionFactory connection(String username, EmbeddedBroker broker, String password) {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setAutomaticRecoveryEnabled(false);
        factory.setPort(broker.port());
        factory.setUsername(username);
        factory.setPassword(password);
        factory.setVirtualHost(broker.virtualHost());
        return factory;
    }
}
