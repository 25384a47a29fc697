package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reliablemessage.api.PrepareRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This machine's clock and the service's are minutes apart: the service refuses ids more than ten minutes ahead. */
class WrongClockTest {

    private static final String DONE = "{\"id\":\"42\",\"state\":\"SENDING\"}";
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private volatile Duration off = Duration.ZERO;
    private final RawServer server = new RawServer((n, c) -> c.json(dated(RawServer.OK), DONE));
    private final ReliableMessageClient client = ReliableMessageClient.create(server.settings());

    @AfterEach
    void stop() {
        off = Duration.ZERO;
        client.confirm("42"); // the ids of other tests follow the clock again
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {-15, 15, 60 * 24 * 400})
    void idsFollowTheServices(long minutes) {
        off = Duration.ofMinutes(minutes);

        client.confirm("42");

        assertThat(timeOf(MessageIds.next())).isCloseTo(Instant.now().plus(off), within(5, ChronoUnit.SECONDS));
        off = Duration.ZERO;
        client.confirm("42");
        assertThat(timeOf(MessageIds.next())).isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
    }

    @Test
    void anIdOfTheClientsOwnIsMadeAgain() {
        off = Duration.ofMinutes(-15);
        try (var strict = new RawServer((n, c) -> {
                    var refusal = "{\"type\":\"/problems/id-outside-window\",\"status\":422}";
                    c.json(
                            dated(
                                    n == 1
                                            ? "HTTP/1.1 422 No\r\nContent-Type: application/problem+json\r\n"
                                            : RawServer.OK),
                            n == 1 ? refusal : DONE);
                });
                var own = ReliableMessageClient.create(strict.settings())) {
            own.prepare(PrepareRequest.of("t", "k", 1));

            assertThat(strict.requests()).hasSize(2);
            assertThat(timeOf(idIn(strict.requests().get(0)))).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
            assertThat(timeOf(idIn(strict.requests().get(1))))
                    .isCloseTo(Instant.now().plus(off), within(5, ChronoUnit.SECONDS));
        }
    }

    @Test
    void aLoginPageHasNoSay() {
        try (var other = new RawServer((n, c) -> c.json(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nDate: Thu, 01 Jan 2015 00:00:00 GMT\r\n",
                        "<html>"));
                var own = ReliableMessageClient.create(other.settings())) {
            assertThatThrownBy(() -> own.confirm("42")).isInstanceOf(ServiceUnavailableException.class);
        }

        assertThat(timeOf(MessageIds.next())).isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
    }

    private String dated(String head) {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(off).atOffset(ZoneOffset.UTC));
        return head + "Date: " + date + "\r\n";
    }

    private static String idIn(String request) {
        var id = ID.matcher(request);
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private static Instant timeOf(String id) {
        return Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> 16);
    }
}
