package io.reliablemessage.client;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.ClientSettings.Coalescing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that are made together end within the time that their caller gives them, whatever others wait for. */
@Timeout(60)
class PrepareAllDeadlineTest {

    private static final Duration WITHIN = Duration.ofMillis(400);
    private static final Duration LATEST = WITHIN.plusMillis(150);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

    static Stream<Coalescing> coalescing() {
        return Stream.of(Coalescing.DEFAULT, Coalescing.DEFAULT.withEnabled(false));
    }

    @ParameterizedTest
    @MethodSource("coalescing")
    void ofAServiceThatNeverAnswers(Coalescing coalescing) {
        try (var server = new RawServer((number, connection) -> connection.hang());
                var client = client(server, coalescing)) {
            warmUp(client);

            assertEndsInTime(client, 1);
            assertEndsInTime(client, 3);
            assertThat(server.requests()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void behindARequestThatIsNotAnswered() {
        try (var server = new RawServer((number, connection) -> connection.hang());
                var client = client(server, Coalescing.DEFAULT)) {
            warmUp(client);
            var before = server.requests().size();
            var inFront = client.prepareAsync(message("in front"));
            await().until(() -> server.requests().size() == before + 1);

            assertEndsInTime(client, 1);
            assertEndsInTime(client, 3);

            assertThat(server.requests()).hasSize(before + 1);
            assertThat(inFront).isNotDone();
            inFront.cancel(true);
        }
    }

    @Test
    void whatWasNotSentInTimeIsNeverSent() {
        try (var service = new StubService().answersEach(StubService::sending);
                var client = service.client()) {
            service.stall();
            var inFront = client.prepareAsync(message("in front"));
            await().until(() -> service.calls().size() == 1);
            assertEndsInTime(client, 2);

            service.goOn();
            inFront.join();
            client.prepare(message("behind"));

            assertThat(service.ids()).containsExactly(List.of("in front"), List.of("behind"));
        }
    }

    @Test
    void theRequestTimeoutIsTheMost() {
        try (var server = new RawServer((number, connection) -> connection.hang());
                var client = ReliableMessageClient.create(server.settings().withRequestTimeout(WITHIN))) {
            warmUp(client);

            var start = System.nanoTime();
            assertThatThrownBy(() -> client.prepareAll(List.of(message("a"), message("b")), Duration.ofDays(1_000_000)))
                    .isInstanceOf(ServiceUnavailableException.class);
            assertThat(since(start)).isLessThan(LATEST);
        }
    }

    @Test
    void aSlowRequestBeforeDoesNotMakeThemWaitForMoreCallers() {
        try (var service = new StubService().answersEach(id -> {
                    if (id.equals("m0")) {
                        pass(WITHIN.multipliedBy(5));
                    }
                    return StubService.sending(id);
                });
                var client = ReliableMessageClient.create(service.settings().withRequestTimeout(REQUEST_TIMEOUT))) {
            var gate = service.stall();
            var calls = new ArrayList<>(List.of(client.prepareAsync(message("first"))));
            await().until(() -> service.calls().size() == 1);
            IntStream.range(0, 20).forEach(i -> calls.add(client.prepareAsync(message("m" + i))));
            gate.countDown();
            calls.forEach(call -> call.join()); // twenty together, and it took 2 s: so many are expected again

            assertThat(client.prepareAll(List.of(message("a"), message("b")), WITHIN))
                    .hasSize(2);
        }
    }

    @Test
    void theirShortTimeDoesNotEndTheCallsThatGoWithThem() {
        try (var service = new StubService().answersEach(id -> {
                    if (id.equals("patient")) {
                        pass(WITHIN.multipliedBy(2));
                    }
                    return StubService.sending(id);
                });
                var client = ReliableMessageClient.create(service.settings().withRequestTimeout(REQUEST_TIMEOUT))) {
            var gate = service.stall();
            var first = client.prepareAsync(message("first"));
            await().until(() -> service.calls().size() == 1);
            var patient = client.prepareAsync(message("patient"));
            var hasty = supplyAsync(() -> prepared(client, "hasty"));
            await().until(PrepareAllDeadlineTest::isAwaiting);
            gate.countDown();

            assertThat(hasty.join()).isZero();
            assertThat(first.join().id()).isEqualTo("first");
            assertThat(patient.join().id()).isEqualTo("patient");
            assertThat(service.ids()).containsExactly(List.of("first"), List.of("patient", "hasty"));
        }
    }

    @Test
    void anInterruptedCallerLeaves() {
        try (var server = new RawServer((number, connection) -> connection.hang());
                var client = client(server, Coalescing.DEFAULT)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> client.prepareAll(List.of(message("a"), message("b")), REQUEST_TIMEOUT))
                    .isInstanceOf(ServiceUnavailableException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static void assertEndsInTime(ReliableMessageClient client, int messages) {
        var requests =
                IntStream.range(0, messages).mapToObj(i -> message("m" + i)).toList();
        var start = System.nanoTime();

        assertThatThrownBy(() -> client.prepareAll(requests, WITHIN)).isInstanceOf(ServiceUnavailableException.class);

        assertThat(since(start)).isBetween(WITHIN.minusMillis(5), LATEST);
    }

    /** Classes are loaded by a first call, which takes longer than a call may. */
    private static void warmUp(ReliableMessageClient client) {
        assertThatThrownBy(() -> client.prepareAll(List.of(message("w1"), message("w2")), Duration.ofMillis(50)))
                .isInstanceOf(ServiceUnavailableException.class);
    }

    private static int prepared(ReliableMessageClient client, String id) {
        try {
            return client.prepareAll(List.of(message(id)), WITHIN).size();
        } catch (ServiceUnavailableException late) {
            return 0;
        }
    }

    private static boolean isAwaiting() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(frame -> frame.getClassName().endsWith(".PendingCall")
                        && frame.getMethodName().equals("await"));
    }

    /** The service is slow. */
    private static void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static ReliableMessageClient client(RawServer server, Coalescing coalescing) {
        return ReliableMessageClient.create(
                server.settings().withRequestTimeout(REQUEST_TIMEOUT).withCoalescing(coalescing));
    }

    private static PrepareRequest message(String id) {
        return PrepareRequest.of(id, "t", "k", 1);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
