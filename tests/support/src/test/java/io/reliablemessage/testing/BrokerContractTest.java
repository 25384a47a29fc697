package io.reliablemessage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the service needs of a broker, held against the embedded one and the one the tests run against. */
@ParameterizedClass
@MethodSource("brokers")
class BrokerContractTest {

    private final Broker broker;

    BrokerContractTest(Broker broker) {
        this.broker = broker;
    }

    static List<Broker> brokers() {
        return Infrastructure.allBrokers();
    }

    @Test
    void confirmsAPublishToAQuorumQueue() throws Exception {
        try (var amqp = Amqp.connectedTo(broker)) {
            var queue = amqp.declareQuorumQueue();
            amqp.channel().confirmSelect();

            amqp.publish(queue, new byte[] {1});

            assertThat(amqp.channel().waitForConfirms(10_000)).isTrue();
            assertThat(amqp.channel().queueDeclarePassive(queue).getMessageCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void deliversAMebibyteIntactAndForgetsItOnceAcknowledged() throws Exception {
        var body = new byte[1 << 20];
        new Random(7).nextBytes(body);
        try (var amqp = Amqp.connectedTo(broker)) {
            var queue = amqp.declareQuorumQueue();
            amqp.channel().confirmSelect();
            amqp.publish(queue, body);
            amqp.channel().waitForConfirmsOrDie(10_000);

            var delivery = amqp.channel().basicGet(queue, false);
            amqp.channel().basicAck(delivery.getEnvelope().getDeliveryTag(), false);

            assertThat(delivery.getBody()).isEqualTo(body);
            assertThat(amqp.channel().basicGet(queue, false)).isNull();
        }
    }

    @Test
    void deliversAgainWhatWasNotAcknowledged() throws Exception {
        String queue;
        try (var amqp = Amqp.connectedTo(broker)) {
            queue = amqp.declareQuorumQueue();
            amqp.channel().confirmSelect();
            amqp.publish(queue, new byte[] {1});
            amqp.channel().waitForConfirmsOrDie(10_000);
            amqp.channel().basicGet(queue, false);
        }
        try (var amqp = Amqp.connectedTo(broker)) {
            var delivered = new CountDownLatch(1);
            amqp.channel().basicConsume(queue, true, (tag, delivery) -> delivered.countDown(), tag -> {});

            assertThat(delivered.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void deliversAgainWhatIsPutBack() throws Exception {
        try (var amqp = Amqp.connectedTo(broker)) {
            var queue = amqp.declareQuorumQueue();
            amqp.channel().confirmSelect();
            amqp.publish(queue, new byte[] {1});
            amqp.channel().waitForConfirmsOrDie(10_000);

            for (var attempt = 0; attempt < 3; attempt++) {
                amqp.channel().basicNack(tagOf(amqp.channel().basicGet(queue, false)), false, true);
            }

            assertThat(amqp.channel().basicGet(queue, true)).isNotNull();
        }
    }

    @Test
    void forgetsWhatItsConsumerRefuses() throws Exception {
        try (var amqp = Amqp.connectedTo(broker);
                var other = Amqp.connectedTo(broker)) {
            var queue = amqp.declareQuorumQueue();
            amqp.channel().confirmSelect();
            amqp.publish(queue, new byte[] {1});
            amqp.publish(queue, new byte[] {2});
            amqp.channel().waitForConfirmsOrDie(10_000);

            amqp.channel().basicNack(tagOf(amqp.channel().basicGet(queue, false)), false, false);
            amqp.channel().basicReject(tagOf(amqp.channel().basicGet(queue, false)), false);

            assertThat(amqp.channel().queueDeclarePassive(queue).getMessageCount())
                    .isZero();
            assertThat(other.channel().basicGet(queue, true)).isNull();
        }
    }

    @Test
    void reportsAnUnroutableMandatoryPublishAndKeepsTheChannel() throws Exception {
        try (var amqp = Amqp.connectedTo(broker)) {
            var queue = amqp.declareQuorumQueue();
            var reported = new CountDownLatch(1);
            amqp.channel().confirmSelect();
            amqp.channel().addReturnListener(returned -> reported.countDown());
            amqp.channel().addConfirmListener((tag, multiple) -> {}, (tag, multiple) -> reported.countDown());

            amqp.publish("no-such-queue", new byte[] {1});

            assertThat(reported.await(10, TimeUnit.SECONDS))
                    .as("nack or return")
                    .isTrue();
            assertThat(amqp.channel().queueDeclarePassive(queue).getQueue()).isEqualTo(queue);
        }
    }

    @Test
    void closesTheChannelWith404WhenAQueueIsMissing() throws Exception {
        try (var amqp = Amqp.connectedTo(broker)) {
            assertThatThrownBy(() -> amqp.channel().queueDeclarePassive("no-such-queue"))
                    .isInstanceOf(IOException.class)
                    .cause()
                    .isInstanceOf(ShutdownSignalException.class)
                    .hasMessageContaining("reply-code=404");
            assertThat(amqp.connection().isOpen()).isTrue();
        }
    }

    private static long tagOf(GetResponse delivery) {
        return delivery.getEnvelope().getDeliveryTag();
    }
}
