package io.reliablemessage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AmqpBrokerTest {

    @Test
    void isNamedByAUri() {
        assertThat(AmqpBroker.named("amqp://me:secret@rabbit:5673/%2f"))
                .isEqualTo(new AmqpBroker("named", "rabbit", 5673, "me", "secret", "/"));
    }

    @Test
    void showsWhatAUriLooksLike() {
        assertThatThrownBy(() -> AmqpBroker.named("http://rabbit"))
                .hasMessageContaining("amqp://user:password@host:5672/vhost");
    }
}
