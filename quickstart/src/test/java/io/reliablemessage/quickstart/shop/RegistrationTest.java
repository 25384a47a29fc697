package io.reliablemessage.quickstart.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.client.ServiceUnavailableException;
import io.reliablemessage.testing.HttpStub;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shop registers while the service is still starting, on a slow machine. */
class RegistrationTest {

    private static final String TOPIC = "{\"name\": \"order.placed\", \"consumers\": []}";

    private final HttpStub service = new HttpStub();
    private final ReliableMessageClient messages =
            ReliableMessageClient.create(ClientSettings.of(URI.create(service.url()), "key"));

    @AfterEach
    void close() {
        messages.close();
        service.close();
    }

    @Test
    void isRepeatedUntilTheServiceAnswers() {
        var calls = service.on("/", (n, exchange) -> HttpStub.respond(exchange, n < 3 ? 503 : 200, n < 3 ? "" : TOPIC));

        assertThat(register(Duration.ofMinutes(1))).isEqualTo("order.placed");
        assertThat(calls).hasSize(3);
    }

    @Test
    void isRefusedOnce() {
        var calls = service.on(
                "/", (n, exchange) -> HttpStub.respond(exchange, 403, "{\"type\": \"/problems/forbidden\"}"));

        assertThatThrownBy(() -> register(Duration.ofMinutes(1)))
                .isInstanceOf(MessageProblemException.class)
                .isNotInstanceOf(ServiceUnavailableException.class);
        assertThat(calls).hasSize(1);
    }

    @Test
    void endsWithTheLastFailureWhenTheTimeIsOver() {
        var calls = service.on("/", (n, exchange) -> HttpStub.respond(exchange, 503, ""));

        assertThatThrownBy(() -> register(Duration.ofSeconds(2))).isInstanceOf(ServiceUnavailableException.class);
        assertThat(calls).hasSizeGreaterThan(1);
    }

    private String register(Duration limit) {
        return new Registration(Duration.ofMillis(10), limit)
                .untilAnswered(() -> messages.registerTopic(
                        "order.placed", TopicRequest.builder().build()))
                .name();
    }
}
