package io.reliablemessage.spring;

import io.reliablemessage.embedded.EmbeddedBroker;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** The kinds of brokers that the tests run on; one of each for the whole JVM, started at its first use. */
enum TestBroker {
    EMBEDDED {
        @Override
        Address address() {
            var broker = Embedded.BROKER;
            return new Address(broker.port(), broker.username(), broker.password());
        }
    },
    /** Aborts the test where no RabbitMQ is installed, unless {@code TEST_REQUIRE_RABBITMQ} is true. */
    RABBITMQ {
        @Override
        Address address() {
            return TestRabbitMq.server().address();
        }
    };

    /** Initialized by the JVM: lazily and once. */
    private static final class Embedded {
        static final EmbeddedBroker BROKER = EmbeddedBroker.start();
    }

    abstract Address address();

    /** Where a broker on 127.0.0.1 listens, and for whom. */
    record Address(int port, String username, String password) {

        CachingConnectionFactory connections() {
            var connections = new CachingConnectionFactory("127.0.0.1", port);
            connections.setUsername(username);
            connections.setPassword(password);
            connections.setConnectionTimeout(5_000);
            return connections;
        }
    }
}
