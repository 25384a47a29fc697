package io.reliablemessage.client;

import static io.reliablemessage.client.StubService.sending;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.ClientSettings.Coalescing;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The half messages of one transaction are stored together. */
@Timeout(60)
class PrepareAllTest {

    private static final Duration WITHIN = Duration.ofSeconds(3);

    private final StubService service = new StubService().answersEach(StubService::sending);
    private ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        service.close();
        client.close();
    }

    static Stream<Coalescing> coalescing() {
        return Stream.of(Coalescing.DEFAULT, Coalescing.DEFAULT.withEnabled(false));
    }

    @ParameterizedTest
    @MethodSource("coalescing")
    void allGoInOneRequestAndAreAnsweredInOrder(Coalescing coalescing) {
        use(coalescing);

        assertThat(client.prepareAll(messages("a", "b", "c"), WITHIN))
                .extracting(MessageStatus::id)
                .containsExactly("a", "b", "c");

        assertThat(service.ids()).containsExactly(List.of("a", "b", "c"));
        assertThat(service.calls().get(0).path()).isEqualTo("/messages/prepare");
    }

    @Test
    void oneGoesAsItselfInTheCallersThread() {
        client.prepareAll(messages("a"), WITHIN);

        assertThat(service.calls()).singleElement().matches(call -> call.body().startsWith("{"));
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("reliable-message-sender-"));
    }

    @Test
    void noneIsNoCall() {
        assertThat(client.prepareAll(List.of(), WITHIN)).isEmpty();
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void oneWithoutAnIdSendsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.prepareAll(List.of(message("a"), message(null)), WITHIN))
                .withMessageContaining("id is null");
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("coalescing")
    void moreThanARequestTakesGoInSeveral(Coalescing coalescing) {
        use(coalescing.withBatchItems(2));

        client.prepareAll(messages("a", "b", "c", "d", "e"), WITHIN);

        assertThat(service.ids()).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
    }

    @Test
    void theyShareARequestWithOthers() {
        occupyTheBatcher();
        var other = client.prepareAsync(message("other"));
        var all = supplyAsync(() -> client.prepareAll(messages("a", "b"), WITHIN));
        var another = supplyAsync(() -> client.prepareAll(messages("c"), WITHIN));
        await().until(() -> waitingCallers() == 2);
        service.goOn();

        assertThat(other.join().id()).isEqualTo("other");
        assertThat(all.join()).extracting(MessageStatus::id).containsExactly("a", "b");
        assertThat(another.join()).extracting(MessageStatus::id).containsExactly("c");
        assertThat(service.ids()).hasSize(2);
        assertThat(service.ids().get(1)).containsExactlyInAnyOrder("other", "a", "b", "c");
    }

    @Test
    void aRefusalIsThrownRatherThanAnUnavailability() {
        service.answersEach(id -> switch (id) {
            case "a" -> problem(id, "/problems/unavailable", 503);
            case "b" -> problem(id, "/problems/topic-not-found", 422);
            case "c" -> problem(id, "/problems/content-differs", 409);
            default -> sending(id);
        });

        assertThatThrownBy(() -> client.prepareAll(messages("ok", "a", "b", "c"), WITHIN))
                .isExactlyInstanceOf(MessageProblemException.class)
                .hasMessageContaining("POST /messages/prepare of b")
                .hasMessageContaining("422");
        assertThatThrownBy(() -> client.prepareAll(messages("ok", "a"), WITHIN))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("POST /messages/prepare of a");
    }

    @Test
    void whatIsRefusedForOneIsAskedForEach() {
        service.answersArrays(StubService.json(413, "{\"type\":\"/problems/too-large\"}"), StubService::sending);

        assertThat(client.prepareAll(messages("a", "b"), WITHIN)).hasSize(2);
        assertThat(service.ids()).containsExactly(List.of("a", "b"), List.of("a"), List.of("b"));
    }

    @Test
    void aTimeThatIsOverSendsNothing() {
        for (var within : List.of(Duration.ZERO, Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThatThrownBy(() -> client.prepareAll(messages("a"), within))
                    .isInstanceOf(ServiceUnavailableException.class);
            assertThatThrownBy(() -> client.prepareAll(messages("a", "b"), within))
                    .isInstanceOf(ServiceUnavailableException.class);
        }
        assertThat(service.calls()).isEmpty();
    }

    private int waitingCallers() {
        return (int) Thread.getAllStackTraces().values().stream()
                .filter(stack -> Stream.of(stack)
                        .anyMatch(frame -> frame.getClassName().endsWith(".PendingCall")
                                && frame.getMethodName().equals("await")))
                .count();
    }

    private void use(Coalescing coalescing) {
        client = ReliableMessageClient.create(service.settings().withCoalescing(coalescing));
    }

    private void occupyTheBatcher() {
        service.stall();
        var unused = client.prepareAsync(message("first"));
        await().until(() -> service.calls().size() == 1);
    }

    private static String problem(String id, String type, int status) {
        return "{\"id\":\"%s\",\"problem\":{\"type\":\"%s\",\"status\":%d}}".formatted(id, type, status);
    }

    private static List<PrepareRequest> messages(String... ids) {
        return Stream.of(ids).map(PrepareAllTest::message).toList();
    }

    private static PrepareRequest message(@Nullable String id) {
        return PrepareRequest.of(id, "t", "k", 1);
    }
}
