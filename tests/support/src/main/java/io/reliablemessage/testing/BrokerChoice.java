package io.reliablemessage.testing;

import io.reliablemessage.embedded.EmbeddedBroker;

/** Named by the environment, else in a container, else an installed RabbitMQ, else embedded. */
final class BrokerChoice {

    private BrokerChoice() {}

    static Broker make() {
        var named = Setting.of("TEST_RABBITMQ_URI");
        if (named.isPresent()) {
            return AmqpBroker.named(named.get());
        }
        if (!Setting.isTrue("TEST_EMBEDDED_ONLY")) {
            if (Containers.areAvailable()) {
                return Containers.rabbitMq();
            }
            if (LocalRabbitMq.isInstalled()) {
                return LocalRabbitMq.launch();
            }
        }
        if (Setting.isTrue("TEST_REQUIRE_RABBITMQ")) {
            throw new IllegalStateException(
                    "TEST_REQUIRE_RABBITMQ is true, but there is no RabbitMQ: TEST_RABBITMQ_URI names"
                            + " none, and TEST_EMBEDDED_ONLY is true, or no Docker engine answers and no rabbitmq-server with an epmd is installed.");
        }
        return embedded();
    }

    static Broker embedded() {
        var broker = EmbeddedBroker.start();
        return new AmqpBroker(
                "embedded", "127.0.0.1", broker.port(), broker.username(), broker.password(), broker.virtualHost());
    }
}
