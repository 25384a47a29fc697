package io.reliablemessage.service.platform.database;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import io.reliablemessage.testing.Infrastructure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network drops everything between the service and its database, and closes no connection. */
@Tag("faults")
class SilentDatabaseTest {

    /** A call timeout of two seconds, and some for a busy machine; the driver alone would wait for thirty. */
    private static final Duration AT_MOST = ofSeconds(8);

    private static final int CALLS_OF_A_KIND = 8;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callersHearSoonThatTheyMayRepeatAndRepeatingSucceeds(boolean groupCommits) throws IOException {
        try (var proxy = new LossyProxy(Infrastructure.postgres().newDatabase());
                var service = Service.start(
                        proxy.database(),
                        Map.of(
                                "message-service.group-commit.enabled",
                                groupCommits,
                                "message-service.database.call-timeout",
                                "2s"))) {
            var route = service.newRoute();
            var prepared =
                    Stream.generate(MessageFlow::newId).limit(CALLS_OF_A_KIND).toList();
            var pending = Stream.generate(route::pending).limit(CALLS_OF_A_KIND).toList();
            var confirmed =
                    Stream.generate(route::confirmed).limit(CALLS_OF_A_KIND).toList();
            var calls = new ArrayList<Callable<Answer>>();
            prepared.forEach(id -> calls.add(() -> route.prepare(id)));
            pending.forEach(id -> calls.add(() -> route.confirm(id)));
            confirmed.forEach(id -> calls.add(() -> route.ack(id)));
            calls.add(() -> route.get(pending.getFirst()));
            calls.add(() ->
                    service.as(Key.OTHER_PRODUCER).get("/messages/" + MessageFlow.newId())); // a key not seen before

            proxy.fallSilent();
            for (var wave = 0; wave < 2; wave++) {
                assertThat(Parallel.all(
                                calls.stream().map(SilentDatabaseTest::timed).toList()))
                        .allSatisfy(answer -> {
                            assertThat(answer.taken()).isLessThan(AT_MOST);
                            answer.answer().is(UNAVAILABLE);
                            assertThat(answer.answer().headers().firstValue("Retry-After"))
                                    .isPresent();
                        });
            }
            proxy.speakAgain();

            await().atMost(ofSeconds(30))
                    .until(() -> route.prepare(prepared.getFirst()).status() < 300);
            prepared.forEach(id -> assertThat(route.prepare(id).status()).isIn(200, 201));
            pending.forEach(id -> route.confirm(id).is(200));
            confirmed.forEach(id -> route.ack(id).is(200));
            assertThat(rows(service)).containsExactlyInAnyOrderElementsOf(all(prepared, pending, confirmed));
        }
    }

    @Test
    void aCallOfSeveralStatementsIsAnsweredWithinTwiceTheCallTimeout() throws IOException {
        try (var proxy = new LossyProxy(Infrastructure.postgres().newDatabase());
                var service = Service.start(proxy.database(), Map.of("message-service.database.call-timeout", "2s"))) {
            var route = service.newRoute();
            var id = MessageFlow.newId();
            service.as(Key.PRODUCER)
                    .post("/messages", route.message(MessageFlow.newId()))
                    .is(201);

            proxy.delayReplies(Duration.ofMillis(1500)); // each is in time, but there are several
            var sent = call(timed(() -> service.as(Key.PRODUCER).post("/messages", route.message(id))));
            proxy.delayReplies(Duration.ZERO);

            sent.answer().is(UNAVAILABLE);
            assertThat(sent.taken()).isLessThan(ofSeconds(4));
            await().atMost(ofSeconds(30))
                    .until(() -> service.as(Key.PRODUCER)
                                    .post("/messages", route.message(id))
                                    .status()
                            < 300);
        }
    }

    private static <T> T call(Callable<T> callable) {
        return Parallel.all(List.of(callable)).getFirst();
    }

    private static Callable<Timed> timed(Callable<Answer> call) {
        return () -> {
            var start = System.nanoTime();
            return new Timed(call.call(), Duration.ofNanos(System.nanoTime() - start));
        };
    }

    private static List<String> rows(Service service) {
        return service.jdbc()
                .sql("SELECT id::text FROM message")
                .query(String.class)
                .list();
    }

    @SafeVarargs
    private static List<String> all(List<String>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }

    private record Timed(Answer answer, Duration taken) {}
}
