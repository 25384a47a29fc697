package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.service.intake.RoundTrip.ofBytes;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large a message's members may be, up to the last byte, and which headers are reserved. */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemberLimitsTest {

    private final RoundTrip messages = new RoundTrip();

    @AfterAll
    void close() {
        messages.close();
    }

    @Test
    void aKeyHasUpTo255Bytes() {
        for (var length : List.of(1, 254, 255)) {
            var key = ofBytes(length);
            var delivery = messages.delivered(Map.of("payload", 1, "key", key));
            assertThat(texts(delivery.getProps().getHeaders())).containsEntry("rm-key", key);
        }
        messages.sent(Map.of("payload", 1, "key", ofBytes(256))).is(INVALID_REQUEST);
        messages.sent(Map.of("payload", 1, "key", "é".repeat(128))).is(INVALID_REQUEST);
        messages.sent(Map.of("payload", 1, "key", "")).is(INVALID_REQUEST);
    }

    @Test
    void aCheckRefHas1To128Bytes() {
        for (var length : List.of(1, 127, 128)) {
            var checkRef = ofBytes(length);
            var stored =
                    messages.sent(Map.of("payload", 1, "checkRef", checkRef)).is(201);
            assertThat(checkRefOf(stored.id())).isEqualTo(checkRef);
        }
        for (var length : List.of(0, 129)) {
            messages.sent(Map.of("payload", 1, "checkRef", ofBytes(length))).is(INVALID_REQUEST);
        }
    }

    @Test
    void aHeaderHasUpTo1024Bytes() {
        for (var length : List.of(1023, 1024)) {
            var headers = Map.of("h", ofBytes(length));
            var delivery = messages.delivered(Map.of("payload", 1, "headers", headers));
            assertThat(texts(delivery.getProps().getHeaders())).containsAllEntriesOf(headers);
        }
        messages.sent(Map.of("payload", 1, "headers", Map.of("h", ofBytes(1025))))
                .is(INVALID_REQUEST);
    }

    @Test
    void aHeadersNameHasUpTo128Characters() {
        messages.delivered(Map.of("payload", 1, "headers", Map.of("h".repeat(127), "1")));
        messages.delivered(Map.of("payload", 1, "headers", Map.of("h".repeat(128), "1")));
        messages.sent(Map.of("payload", 1, "headers", Map.of("h".repeat(129), "1")))
                .is(INVALID_REQUEST);
    }

    @Test
    void thereAreUpTo64Headers() {
        for (var count : List.of(0, 63, 64)) {
            var headers = headers(count, 1);
            var delivery = messages.delivered(Map.of("payload", 1, "headers", headers));
            assertThat(texts(delivery.getProps().getHeaders())).containsAllEntriesOf(headers);
        }
        messages.sent(Map.of("payload", 1, "headers", headers(65, 1))).is(INVALID_REQUEST);
    }

    @Test
    void headersHaveUpTo32KibibytesTogether() {
        var fits = headers(32, 1020); // names of four bytes
        messages.delivered(Map.of("payload", 1, "headers", fits));

        fits.put("h000", ofBytes(1019));
        messages.delivered(Map.of("payload", 1, "headers", fits));

        fits.put("h000", ofBytes(1021));
        messages.sent(Map.of("payload", 1, "headers", fits)).is(INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CC",
                "cc",
                "BCC",
                "Bcc",
                "x-delay",
                "X-Match",
                "x-",
                "reply-to",
                "Reply-To",
                "user-id",
                "expiration",
                "rm-key",
                "RM-Attempt",
                "rm-anything",
                "traceparent",
                "TraceState",
                "",
                " lang",
                "two words",
                "-lang",
                "1st",
                "näme",
                "a\u0000",
                "a\nb"
            })
    void namesThatOthersActOnAreRefused(String name) {
        messages.sent(Map.of("payload", 1, "headers", Map.of(name, "1"))).is(INVALID_REQUEST);
    }

    private String checkRefOf(String id) {
        return Service.shared()
                .jdbc()
                .sql("SELECT check_ref FROM message WHERE id = :id::uuid")
                .param("id", id)
                .query(String.class)
                .single();
    }

    private static Map<String, String> headers(int count, int length) {
        return IntStream.range(0, count)
                .boxed()
                .collect(toMap("h%03d"::formatted, number -> ofBytes(length), (a, b) -> a, LinkedHashMap::new));
    }

    private static Map<String, String> texts(Map<String, Object> headers) {
        return headers.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, header -> header.getValue().toString()));
    }
}
