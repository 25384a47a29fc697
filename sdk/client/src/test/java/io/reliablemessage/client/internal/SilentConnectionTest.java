package io.reliablemessage.client.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.client.RawServer;
import io.reliablemessage.client.internal.json.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A firewall forgets a connection that was idle: what is sent into it is lost, and nobody says so. */
@Timeout(30)
class SilentConnectionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String DONE = "{\"id\":\"42\",\"state\":\"SENDING\"}";
    private static final EncodedCall CALL = new EncodedCall("42", "{\"id\":\"42\"}".getBytes(UTF_8));

    @Test
    void afterALongSilenceACallLeavesTimeForANewConnection() {
        try (var server = forgetful()) {
            var service = serviceOf(server, Duration.ZERO);

            assertThat(call(service)).isInstanceOf(Outcome.Done.class);
            assertThat(call(service)).isInstanceOf(Outcome.Done.class);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void elseItWaitsForTheAnswerAsLongAsItMay() {
        try (var server = forgetful()) {
            var service = serviceOf(server, Duration.ofMinutes(1));

            assertThat(call(service)).isInstanceOf(Outcome.Done.class);
            assertThat(call(service)).isInstanceOf(Outcome.Failed.class);
            assertThat(server.requests()).hasSize(2);
        }
    }

    private static RawServer forgetful() {
        return new RawServer((number, connection) -> {
            if (number == 2) {
                connection.hang();
            } else {
                connection.json(RawServer.OK, DONE);
            }
        });
    }

    private static ServiceConnection serviceOf(RawServer server, Duration quiet) {
        var settings = server.settings();
        return new ServiceConnection(settings, Json.of(settings), HttpTransport.create(settings), quiet);
    }

    private static Outcome<MessageStatus> call(ServiceConnection service) {
        return service.send("/messages/confirm", CALL, MessageStatus.class, TIMEOUT);
    }
}
