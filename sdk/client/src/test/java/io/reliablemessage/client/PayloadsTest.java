package io.reliablemessage.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.google.gson.JsonElement;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.RawJson;
import io.reliablemessage.client.internal.json.TestJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A payload is stored as what it is, or refused where it is given. */
class PayloadsTest {

    private final StubService service = new StubService().answersEach(StubService::sending);
    private final ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    static final class Hidden {

        @SuppressWarnings("unused")
        private final String order = "A-1";
    }

    record Empty() {}

    record Quoting(@JsonRawValue String quoted) {}

    static Stream<Arguments> whatIsClearIsWritten() {
        return Stream.of(
                arguments("null", null),
                arguments("7", 7),
                arguments("true", true),
                arguments("{}", Map.of()),
                arguments("{}", new Empty()),
                arguments("[]", List.of()),
                arguments("[\"{}\"]", List.of("{}")),
                arguments("{\"order\":\"A-1\"}", Map.of("order", "A-1")),
                arguments("{\"quoted\":[1, 2]}", new Quoting("[1, 2]")),
                arguments("\"1970-01-01T00:00:00Z\"", Instant.EPOCH),
                arguments("{\"a\":1}", Optional.of(Map.of("a", 1))),
                arguments("\"text\"", TestJson.textNode("text")),
                arguments(" {\"a\": 1.0} ", new RawJson(" {\"a\": 1.0} ")),
                arguments("\"text\"", new RawJson("\"text\"")),
                arguments("[[1, 2]]", List.of(new RawJson("[1, 2]"))),
                arguments("{\"a\":[1, 2]}", Map.of("a", new RawJson("[1, 2]"))),
                arguments(" {\"a\": 1.0} ", TestJson.rawValue(" {\"a\": 1.0} ")),
                arguments("[".repeat(450) + "]".repeat(450), new RawJson("[".repeat(450) + "]".repeat(450))));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsClearIsWritten(String json, @Nullable Object payload) {
        client.send(PrepareRequest.of("m", "t", "k", payload));

        assertThat(service.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.body()).endsWith("\"payload\":" + json + "}"));
    }

    static Stream<Arguments> whatSaysItsEncodingIsWritten() {
        return Stream.of(
                arguments("{\\\"a\\\":1}", "text", "{\"a\":1}"),
                arguments("text", "text", new StringBuilder("text")),
                arguments("text", "text", "text".toCharArray()),
                arguments("dGV4dA==", "base64", "dGV4dA=="),
                arguments("dGV4dA==", "base64", "text".getBytes(UTF_8)),
                arguments("dGV4dA==", "base64", ByteBuffer.wrap("text".getBytes(UTF_8))));
    }

    @ParameterizedTest
    @MethodSource
    void whatSaysItsEncodingIsWritten(String written, String encoding, Object payload) {
        client.send(PrepareRequest.builder("t", "k", payload)
                .id("m")
                .payloadEncoding(encoding)
                .build());

        assertThat(service.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.body())
                        .contains("\"payload\":\"" + written + "\",\"payloadEncoding\":\"" + encoding + "\""));
    }

    static Stream<Arguments> whatCouldBeMeantOtherwiseIsRefused() {
        return Stream.of(
                arguments("{\"a\":1}", "payload is a text"),
                arguments("text", "payload is a text"),
                arguments("", "payload is a text"),
                arguments(new StringBuilder("{}"), "payload is a text"),
                arguments("{}".toCharArray(), "payload is a text"),
                arguments("{}".getBytes(UTF_8), "payload is bytes"),
                arguments(ByteBuffer.wrap("{}".getBytes(UTF_8)), "payload is bytes"));
    }

    @ParameterizedTest
    @MethodSource
    void whatCouldBeMeantOtherwiseIsRefused(Object payload, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrepareRequest.of("m", "t", "k", payload))
                .withMessageContaining(expected)
                .withMessageContaining("RawJson")
                .withMessageContaining("payloadEncoding");
        isRefused(
                new PrepareRequest("m", "t", "k", payload, null, null, null, null, null, null, null, null, null),
                expected);
    }

    @Test
    void bytesAreNoText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrepareRequest.builder("t", "k", new byte[] {1})
                        .payloadEncoding("text")
                        .build())
                .withMessageContaining("payload is bytes");
    }

    static Stream<Arguments> whatJacksonCannotSeeIsRefused() {
        return Stream.of(
                arguments(new Hidden(), "payload cannot be written as JSON: ", Hidden.class.getName()),
                arguments(new Object(), "payload cannot be written", "java.lang.Object has no property"),
                arguments(Map.of("order", new Hidden()), "payload.order cannot", "no property that Jackson sees"),
                arguments(List.of(1, new Hidden()), "payload[1] cannot", "no property that Jackson sees"),
                arguments(new JsonElement(), "payload cannot", "a JSON tree of another library: pass new RawJson"),
                arguments(new JsonElement() {}, "payload cannot", "a JSON tree of another library"),
                arguments(Map.of("tree", new JsonElement()), "payload.tree", "a JSON tree of another library"));
    }

    @ParameterizedTest
    @MethodSource
    void whatJacksonCannotSeeIsRefused(Object payload, String place, String why) {
        isRefused(PrepareRequest.of("m", "t", "k", payload), place);
        isRefused(PrepareRequest.of("m", "t", "k", payload), why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}}",
                "{} {}",
                "1,2",
                "1},{\"id\":\"n\",\"topic\":\"t\",\"key\":\"k\",\"payload\":2",
                "1,\"topic\":\"u\"",
                "nonsense",
                "'a'",
                "NaN",
                "01",
                "\"half",
                "\"\\ud800",
                "/* */ 1"
            })
    void rawJsonThatIsNotOneValueIsRefused(String json) {
        isRefused(PrepareRequest.of("m", "t", "k", new RawJson(json)), "raw value");
        isRefused(PrepareRequest.of("m", "t", "k", Map.of("deep", new RawJson(json))), "raw value");
        isRefused(PrepareRequest.of("m", "t", "k", TestJson.rawValue(json)), "raw value");
        isRefused(PrepareRequest.of("m", "t", "k", new Quoting(json)), "raw value");
    }

    @Test
    void aRefusedMessageSpoilsNoOther() {
        service.stall();
        var alone = client.prepareAsync(message("alone", 1));
        await().until(() -> service.calls().size() == 1);
        var before = client.prepareAsync(message("before", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.prepareAsync(message("bad", new RawJson("1},{\"id\":\"before\"}"))));
        assertThatIllegalArgumentException().isThrownBy(() -> client.prepareAsync(message("bad", new Hidden())));
        var after = client.prepareAsync(message("after", 1));
        service.goOn();

        assertThat(Stream.of(alone, before, after).map(CompletableFuture::join).map(MessageStatus::id))
                .containsExactly("alone", "before", "after");
        assertThat(service.ids()).containsExactly(List.of("alone"), List.of("before", "after"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"half \ud83d\"", "\"\udc00 half\""})
    void halfACharacterIsRefused(String json) {
        isRefused(PrepareRequest.of("m", "t", "k", new RawJson(json)), "half a character");
        isRefused(PrepareRequest.of("m", "t", json, 1), "half a character");
    }

    @Test
    void theApplicationsOwnMapperWritesWhatIsItsOwn() {
        try (var own = ReliableMessageClient.create(service.settings()
                .withPayloads(payload -> "{\"mine\":\"" + payload.getClass().getSimpleName() + "\"}"))) {
            own.send(PrepareRequest.of("m", "t", "k", new Hidden()));
            own.send(PrepareRequest.of("m", "t", "k", new RawJson("[1, 2]")));
            own.send(PrepareRequest.builder("t", "k", "text")
                    .id("m")
                    .payloadEncoding("text")
                    .build());
            own.send(PrepareRequest.of("m", "t", "k", null));
        }

        assertThat(service.calls())
                .extracting(StubService.Call::body)
                .map(body -> body.substring(body.indexOf("\"payload\"")))
                .containsExactly(
                        "\"payload\":{\"mine\":\"Hidden\"}}",
                        "\"payload\":[1, 2]}",
                        "\"payload\":\"text\",\"payloadEncoding\":\"text\"}",
                        "\"payload\":null}");
    }

    @Test
    void whatTheApplicationsMapperSpoilsIsRefused() {
        spoils(payload -> "1},{\"id\":\"n\"", "no JSON");
        spoils(payload -> "1 2", "more than one JSON value");
        spoils(payload -> "", "empty");
        spoils(
                payload -> {
                    throw new IOException("no serializer");
                },
                "no serializer");
    }

    private void spoils(PayloadWriter writer, String expected) {
        try (var own = ReliableMessageClient.create(service.settings().withPayloads(writer))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> own.send(message("m", 1)))
                    .withMessageContaining("payload cannot be written as JSON")
                    .withMessageContaining(expected);
        }
        assertThat(service.calls()).isEmpty();
    }

    private void isRefused(PrepareRequest message, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.send(message))
                .withMessageContaining(expected)
                .withStackTraceContaining(PayloadsTest.class.getName());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.prepareAsync(message))
                .withMessageContaining(expected);
        assertThat(service.calls()).isEmpty();
    }

    private static PrepareRequest message(String id, Object payload) {
        return PrepareRequest.of(id, "t", "k", payload);
    }
}
