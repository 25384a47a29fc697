package io.reliablemessage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerChoiceTest {

    @BeforeEach
    void embeddedOnly() {
        System.setProperty("TEST_EMBEDDED_ONLY", "true");
        System.setProperty("TEST_RABBITMQ_URI", "");
    }

    @AfterEach
    void asBefore() {
        System.clearProperty("TEST_EMBEDDED_ONLY");
        System.clearProperty("TEST_RABBITMQ_URI");
        System.clearProperty("TEST_REQUIRE_RABBITMQ");
    }

    @Test
    void fallsBackToTheEmbeddedBroker() {
        System.setProperty("TEST_REQUIRE_RABBITMQ", "false");

        var broker = BrokerChoice.make();

        assertThat(broker.description()).matches("Qpid Broker-J [\\d.]+ \\(embedded\\)");
        assertThat(broker.isRabbitMq()).isFalse();
    }

    @Test
    void refusesToFallBackWhereRabbitMqIsRequired() {
        System.setProperty("TEST_REQUIRE_RABBITMQ", "true");

        assertThatThrownBy(BrokerChoice::make)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TEST_REQUIRE_RABBITMQ is true, but there is no RabbitMQ");
    }
}
