package io.reliablemessage.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.RawJson;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A payload is written once, and sent later as the same bytes. */
class WritePayloadTest {

    record Order(String number, double price, List<String> lines) {}

    private final StubService service = new StubService().answersEach(StubService::sending);
    private final ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    static Stream<@Nullable Object> whatIsWrittenIsWhatPrepareSends() {
        return Stream.of(
                null,
                7,
                new Order("A-ä-\"1\"", 12.50, List.of("\u2028", "x\ny", "😀")),
                Map.of("z", 1, "a", Map.of("c", 2, "b", 3), "m", 4),
                new RawJson(" { \"as\" : \"it stands\" } "));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsWrittenIsWhatPrepareSends(@Nullable Object payload) {
        client.prepare(message(payload));

        client.prepare(message(new RawJson(new String(client.writePayload(payload), UTF_8))));

        assertThat(service.calls().get(1).body())
                .isEqualTo(service.calls().get(0).body());
    }

    @Test
    void theApplicationsMapperWritesIt() {
        var settings = service.settings().withPayloads(payload -> "{\"mine\":\"" + payload + "\"}");
        try (var own = ReliableMessageClient.create(settings)) {
            assertThat(own.writePayload(List.of(1))).asString(UTF_8).isEqualTo("{\"mine\":\"[1]\"}");
        }
    }

    static Stream<Arguments> whatPrepareRefusesIsRefusedWithTheSameWords() {
        return Stream.of(
                arguments("{}"),
                arguments(new StringBuilder("{}")),
                arguments((Object) "{}".toCharArray()),
                arguments((Object) "{}".getBytes(UTF_8)),
                arguments(ByteBuffer.allocate(2)),
                arguments(new Object()),
                arguments(List.of(new Object())),
                arguments(new RawJson("{")));
    }

    @ParameterizedTest
    @MethodSource
    void whatPrepareRefusesIsRefusedWithTheSameWords(Object payload) {
        var refused = catchThrowable(() -> client.prepare(message(payload)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.writePayload(payload))
                .withMessage(refused.getMessage());
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void halfACharacterIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> client.writePayload(List.of("\ud83d")));
    }

    private static PrepareRequest message(@Nullable Object payload) {
        return PrepareRequest.of("m", "t", "k", payload);
    }
}
