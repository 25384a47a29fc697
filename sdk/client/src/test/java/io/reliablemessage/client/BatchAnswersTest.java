package io.reliablemessage.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each caller gets of the answer to an array. */
@Timeout(60)
class BatchAnswersTest {

    private final StubService service = new StubService().answersEach(StubService::sending);
    private ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        service.close();
        client.close();
    }

    @Test
    void aProblemIsItsOwnCallersOnlyAndTheSameAsAlone() {
        UnaryOperator<String> answers = id -> switch (id) {
            case "refused" ->
                problem(
                        id,
                        409,
                        "transition-refused",
                        "Transition refused",
                        "\"messageId\":\"refused\",\"state\":\"CANCELLED\",");
            case "unknown" -> problem(id, 404, "message-not-found", "Message not found", "");
            case "busy" -> problem(id, 503, "unavailable", "Unavailable", "");
            case "odd" -> problem(id, 422, "from-the-future", "New", "");
            default -> StubService.sending(id);
        };
        service.answersEach(answers);
        var ids = List.of("refused", "fine", "unknown", "busy", "refused", "odd");
        var alone = ids.stream().map(id -> failureOf(client.confirmAsync(id))).toList();

        occupyTheBatcher();
        var calls = ids.stream().map(client::confirmAsync).toList();
        service.goOn();
        var together = calls.stream().map(BatchAnswersTest::failureOf).toList();

        assertThat(lastIds()).isEqualTo(ids);
        assertThat(together.get(0))
                .isInstanceOf(TransitionRefusedException.class)
                .isNotSameAs(together.get(4));
        assertThat(together.get(1)).isNull();
        assertThat(together.get(2)).isInstanceOf(MessageNotFoundException.class);
        assertThat(together.get(3)).isInstanceOf(ServiceUnavailableException.class);
        assertThat(together.get(5)).isExactlyInstanceOf(MessageProblemException.class);
        assertThat(together)
                .usingRecursiveComparison()
                .ignoringFields("stackTrace", "problem")
                .isEqualTo(alone);
        assertThat(together)
                .extracting(BatchAnswersTest::describe)
                .isEqualTo(alone.stream().map(BatchAnswersTest::describe).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void whatIsOnesFaultIsAnsweredOneByOne(int status) {
        service.answersArrays(
                exchange -> StubService.respond(exchange, status, "text/html", "<h1>no</h1>"),
                id -> id.equals("bad")
                        ? problem(id, 422, "invalid-request", "Invalid request", "")
                        : StubService.sending(id));
        occupyTheBatcher();
        var fine = client.confirmAsync("fine");
        var bad = client.confirmAsync("bad");
        var alsoFine = client.confirmAsync("also-fine");
        service.goOn();

        assertThat(fine.join().id()).isEqualTo("fine");
        assertThat(alsoFine.join().id()).isEqualTo("also-fine");
        assertThat(failureOf(bad))
                .isExactlyInstanceOf(MessageProblemException.class)
                .hasMessageStartingWith("POST /messages/confirm of bad - 422 Invalid request");
    }

    @Test
    void whatIsNobodysFaultIsEverybodysFailure() {
        service.answersArrays(
                exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "20");
                    StubService.json(503, "{\"type\":\"/problems/unavailable\",\"title\":\"Unavailable\"}")
                            .to(exchange);
                },
                StubService::sending);
        occupyTheBatcher();
        var calls = Stream.of("a", "b").map(client::confirmAsync).toList();
        service.goOn();
        var failures = calls.stream().map(BatchAnswersTest::failureOf).toList();

        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                ServiceUnavailableException.class,
                                busy -> assertThat(busy.retryAfter()).isPresent()));
        assertThat(failures.get(0)).isNotSameAs(failures.get(1));
        assertThat(failures.get(1)).hasMessage("POST /messages/confirm of b - 503 Unavailable");
        assertThat(service.calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void aRefusalOfTheCallerIsNotTriedOneByOne(int status) {
        service.answersArrays(
                exchange -> StubService.json(status, "{\"type\":\"/problems/x\",\"title\":\"No\"}")
                        .to(exchange),
                StubService::sending);
        occupyTheBatcher();
        var calls = Stream.of("a", "b").map(client::confirmAsync).toList();
        service.goOn();

        assertThat(calls)
                .allSatisfy(call -> assertThat(failureOf(call))
                        .isExactlyInstanceOf(MessageProblemException.class)
                        .hasMessageEndingWith(status + " No"));
        assertThat(service.calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "<html>Please log in</html>",
                "[{\"id\":\"a\",\"state\":\"SENDING\"}",
                "[{},{}]",
                "[null,7]",
                "[1,2,3]",
                "[{\"id\":\"b\",\"state\":\"SENDING\"},{\"id\":\"a\",\"state\":\"SENDING\"}]",
                "[{\"problem\":{}},{\"id\":\"b\",\"problem\":\"no\"}]",
                "[{\"problem\":{\"type\":\"x\"}},{}]"
            })
    void noiseIsNobodysAnswer(String body) {
        service.answersArrays(StubService.json(200, body), StubService::sending);
        occupyTheBatcher();
        var calls = Stream.of("a", "b").map(client::confirmAsync).toList();
        service.goOn();

        assertThat(calls)
                .allSatisfy(call -> assertThat(failureOf(call)).isInstanceOf(ServiceUnavailableException.class));
    }

    @Test
    void whatIsMissingFromTheAnswerIsUnknown() {
        service.answersArrays(StubService.json(200, "[" + StubService.sending("a") + "]"), StubService::sending);
        occupyTheBatcher();
        var answered = client.confirmAsync("a");
        var missing = client.confirmAsync("b");
        service.goOn();

        assertThat(answered.join().id()).isEqualTo("a");
        assertThat(failureOf(missing)).isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aBrokenConnectionLeavesAllInTheDark() {
        client = ReliableMessageClient.create(service.settings().withRequestTimeout(Duration.ofSeconds(1)));
        service.answersArrays(
                exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write('[');
                },
                StubService::sending);
        occupyTheBatcher();
        var calls = Stream.of("a", "b").map(client::confirmAsync).toList();
        service.goOn();

        assertThat(calls)
                .allSatisfy(call -> assertThat(failureOf(call)).isInstanceOf(ServiceUnavailableException.class));
    }

    /** From here on calls gather, until the service goes on. */
    private void occupyTheBatcher() {
        service.calls().clear();
        service.stall();
        var unused = client.confirmAsync("first");
        await().until(() -> service.calls().size() == 1);
    }

    private List<String> lastIds() {
        var all = service.ids();
        return all.get(all.size() - 1);
    }

    private static String problem(String id, int status, String type, String title, String more) {
        return "{\"id\":\"%s\",\"problem\":{%s\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"Of %s.\"}}"
                .formatted(id, more, type, title, status, id);
    }

    private static Throwable failureOf(CompletableFuture<?> call) {
        return call.handle((value, failure) -> failure).orTimeout(20, SECONDS).join();
    }

    private static String describe(Throwable failure) {
        return failure instanceof MessageProblemException problem
                ? Map.of(
                                "class", problem.getClass(),
                                "message", problem.getMessage(),
                                "status", problem.status(),
                                "type", problem.type(),
                                "uri", problem.typeUri(),
                                "detail", problem.detail(),
                                "members", problem.members())
                        .entrySet()
                        .stream()
                        .map(Object::toString)
                        .sorted()
                        .toList()
                        .toString()
                : "none";
    }
}
