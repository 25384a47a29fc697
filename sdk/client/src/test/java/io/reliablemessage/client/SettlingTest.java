package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.ClientSettings.Coalescing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many messages are sent, confirmed or cancelled at once, and each has a result of its own. */
@Timeout(60)
class SettlingTest {

    private static final Duration WITHIN = Duration.ofSeconds(3);

    private final StubService service = new StubService().answersEach(StubService::sending);
    private final ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        service.close();
        client.close();
    }

    @Test
    void eachKindGoesToItsPath() {
        client.sendAll(messages("a", "b"), WITHIN);
        client.confirmAll(List.of("a", "b"), WITHIN);
        client.cancelAll(List.of("a", "b"), WITHIN);

        assertThat(service.calls())
                .extracting(StubService.Call::path)
                .containsExactly("/messages", "/messages/confirm", "/messages/cancel");
        assertThat(service.ids()).containsOnly(List.of("a", "b"));
    }

    @Test
    void aProblemIsTheResultOfItsMessageOnly() {
        service.answersEach(id -> id.equals("b")
                ? "{\"id\":\"b\",\"problem\":{\"type\":\"/problems/message-not-found\",\"status\":404}}"
                : StubService.sending(id));

        var results = client.confirmAll(List.of("a", "b", "c"), WITHIN);

        assertThat(results)
                .extracting(result -> result.value().map(MessageStatus::id))
                .containsExactly(Optional.of("a"), Optional.empty(), Optional.of("c"));
        assertThat(results.get(1).problem()).containsInstanceOf(MessageNotFoundException.class);
    }

    static Stream<Coalescing> coalescing() {
        return Stream.of(Coalescing.DEFAULT, Coalescing.DEFAULT.withEnabled(false));
    }

    @ParameterizedTest
    @MethodSource("coalescing")
    void hundredsGoInFewRequests(Coalescing coalescing) {
        var many = IntStream.range(0, 450).mapToObj(i -> "m" + i).toList();
        try (var other = ReliableMessageClient.create(service.settings().withCoalescing(coalescing))) {
            var results = other.confirmAll(many, WITHIN);

            assertThat(results)
                    .extracting(result -> result.value().orElseThrow().id())
                    .isEqualTo(many);
            assertThat(service.calls()).hasSize(5);
        }
    }

    @Test
    void aServiceThatIsAwayIsAResultToo() {
        service.close();

        assertThat(client.sendAll(messages("a", "b"), Duration.ofMillis(300)))
                .hasSize(2)
                .allSatisfy(
                        result -> assertThat(result.problem()).containsInstanceOf(ServiceUnavailableException.class));
    }

    @Test
    void aMistakeOfTheCallersIsThrownAndNothingIsSent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.sendAll(List.of(PrepareRequest.of("t", "k", 1)), WITHIN))
                .withMessageContaining("id is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.confirmAll(List.of("a", " "), WITHIN))
                .withMessageContaining("id is blank");
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void aResultIsAValueOrAProblem() {
        assertThat(CallResult.of(new MessageStatus("a", MessageState.SENDING)).value())
                .isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new CallResult<>(Optional.empty(), Optional.empty()));
    }

    private static List<PrepareRequest> messages(String... ids) {
        return Stream.of(ids).map(id -> PrepareRequest.of(id, "t", "k", 1)).toList();
    }
}
