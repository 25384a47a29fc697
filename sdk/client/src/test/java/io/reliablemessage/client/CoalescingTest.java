package io.reliablemessage.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.RawJson;
import io.reliablemessage.api.RejectRequest;
import io.reliablemessage.client.ClientSettings.Coalescing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What travels together, and what does not. */
@Timeout(60)
class CoalescingTest {

    private final StubService service = new StubService().answersEach(StubService::sending);
    private ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        service.close();
        client.close();
    }

    @Test
    void callsMadeMeanwhileShareARequestAndEachGetsItsOwnAnswer() {
        occupyTheBatcher();
        var statuses = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> client.confirmAsync("m" + i))
                .toList();
        service.goOn();

        assertThat(statuses)
                .extracting(CompletableFuture::join)
                .extracting(MessageStatus::id)
                .containsExactly("m1", "m2", "m3", "m4", "m5");
        assertThat(service.ids()).containsExactly(List.of("first"), List.of("m1", "m2", "m3", "m4", "m5"));
        assertThat(service.calls().get(1).path()).isEqualTo("/messages/confirm");
    }

    @Test
    void everyKindHasAnArrayOfItsOwn() {
        service.answersEach(id -> "{\"id\":\"" + id + "\",\"state\":\"SENDING\",\"subscription\":\"s\"}");
        service.stall();
        var request = PrepareRequest.of("m", "t", "k", 1);
        List<Callable<CompletableFuture<?>>> kinds = List.of(
                () -> client.prepareAsync(request),
                () -> client.sendAsync(request),
                () -> client.cancelAsync("m"),
                () -> client.ackAsync("m", "s"),
                () -> client.rejectAsync("m", RejectRequest.builder("CODE").build()));

        var all = new ArrayList<CompletableFuture<?>>();
        all.add(client.prepareAsync(PrepareRequest.of("first", "t", "k", 1)));
        all.add(client.confirmAsync("first"));
        all.add(client.ackAsync("first", "s"));
        await().until(() -> service.calls().size() == 3);
        for (var i = 0; i < 2; i++) {
            kinds.forEach(kind -> all.add(call(kind)));
        }
        service.goOn();
        all.forEach(CompletableFuture::join);

        assertThat(service.calls().subList(3, service.calls().size()))
                .extracting(StubService.Call::path, StubService.Call::body)
                .map(Object::toString)
                .containsExactlyInAnyOrder(
                        "(\"/messages/prepare\", \""
                                + twice("{\"id\":\"m\",\"topic\":\"t\",\"key\":\"k\",\"payload\":1}") + "\")",
                        "(\"/messages\", \"" + twice("{\"id\":\"m\",\"topic\":\"t\",\"key\":\"k\",\"payload\":1}")
                                + "\")",
                        "(\"/messages/cancel\", \"" + twice("{\"id\":\"m\"}") + "\")",
                        "(\"/messages/ack\", \"" + twice("{\"id\":\"m\",\"subscription\":\"s\"}") + "\")",
                        "(\"/messages/reject\", \"" + twice("{\"id\":\"m\",\"code\":\"CODE\"}") + "\")");
    }

    static Stream<ExecutorService> threads() throws ReflectiveOperationException {
        var platform = Executors.newFixedThreadPool(64);
        if (Runtime.version().feature() < 21) {
            return Stream.of(platform);
        }
        // By reflection, since the library and its tests are compiled for Java 17.
        var virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        return Stream.of(platform, (ExecutorService) virtual.invoke(null));
    }

    @ParameterizedTest
    @MethodSource("threads")
    void manyCallersNeedFewRequestsAndFewConnections(ExecutorService callers) throws Exception {
        var each = IntStream.range(0, 64)
                .<Callable<List<String>>>mapToObj(caller -> () -> IntStream.range(0, 20)
                        .mapToObj(i -> client.confirm(caller + "-" + i).id())
                        .toList())
                .toList();

        var answers = callers.invokeAll(each);

        for (var caller = 0; caller < answers.size(); caller++) {
            var prefix = caller + "-";
            assertThat(answers.get(caller).get())
                    .isEqualTo(IntStream.range(0, 20).mapToObj(i -> prefix + i).toList());
        }
        assertThat(service.ids().stream().mapToInt(List::size).sum()).isEqualTo(64 * 20);
        assertThat(service.calls().size()).isLessThan(64 * 20 / 4);
        assertThat(service.connections()).isLessThanOrEqualTo(2); // one goes out while another is being put back
        callers.shutdown();
    }

    @Test
    void aLoneCallerGoesAtOnceInItsOwnThread() {
        var before = senders();

        IntStream.range(0, 50).forEach(i -> client.confirm("m" + i));

        assertThat(service.calls()).hasSize(50).allMatch(call -> call.body().matches("\\{\"id\":\"m\\d+\"}"));
        assertThat(service.connections()).isEqualTo(1);
        assertThat(before).containsAll(senders());
    }

    @Test
    void batchesEndByItems() {
        use(service.settings().coalescing().withBatchItems(2));
        occupyTheBatcher();
        var calls = Stream.of("a", "b", "c", "d", "e").map(client::confirmAsync).toList();
        service.goOn();
        calls.forEach(CompletableFuture::join);

        assertThat(service.ids()).containsExactly(List.of("first"), List.of("a", "b"), List.of("c", "d"), List.of("e"));
    }

    @Test
    void batchesEndByBytes() {
        service.stall();
        var payload = "x".repeat(1024 * 1024);
        var first = prepareAsync("first", "");
        await().until(() -> service.calls().size() == 1);
        var calls = Stream.of("a", "b", "c", "d", "e", "f", "g")
                .map(id -> prepareAsync(id, id.equals("g") ? payload.repeat(5) : payload))
                .toList();
        service.goOn();
        calls.forEach(CompletableFuture::join);

        assertThat(first.join().id()).isEqualTo("first");
        assertThat(service.calls().subList(1, service.calls().size()))
                .extracting(call -> call.body().startsWith("[")
                        ? StubService.idsIn(call.body()).size()
                        : 1)
                .containsExactly(3, 3, 1); // 4 MiB would be four, but for what is around the payloads
        assertThat(service.calls().get(1).body()).hasSizeLessThan(4 * 1024 * 1024);
    }

    @Test
    void withTwoInFlightTwoGoAtATime() {
        use(service.settings().coalescing().withInFlight(2));
        service.stall();
        var a = client.confirmAsync("a");
        await().until(() -> service.calls().size() == 1);
        var b = client.confirmAsync("b");
        await().until(() -> service.calls().size() == 2);
        var others = List.of(client.confirmAsync("c"), client.confirmAsync("d"));
        service.goOn();
        CompletableFuture.allOf(a, b).join();
        others.forEach(CompletableFuture::join);

        assertThat(service.ids()).containsExactly(List.of("a"), List.of("b"), List.of("c", "d"));
    }

    @Test
    void switchedOffEveryCallIsARequestOfItsOwn() throws Exception {
        use(service.settings().coalescing().withEnabled(false));
        service.stall();
        var threads = Executors.newCachedThreadPool();
        var calls = Stream.of("a", "b", "c")
                .map(id -> threads.submit(() -> client.confirm(id)))
                .toList();

        await().until(() -> service.calls().size() == 3);
        var futures = Stream.of("d", "e").map(client::confirmAsync).toList();
        service.goOn();
        for (var call : calls) {
            call.get(10, SECONDS);
        }
        futures.forEach(CompletableFuture::join);

        assertThat(service.calls()).hasSize(5).noneMatch(call -> call.body().startsWith("["));
        threads.shutdown();
    }

    @Test
    void unusableSettingsAreRefusedByName() {
        var usual = Coalescing.DEFAULT;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> usual.withInFlight(0))
                .withMessageContaining("inFlight");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usual.withBatchItems(501))
                .withMessageContaining("batchItems");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usual.withBatchBytes(9L << 20))
                .withMessageContaining("batchBytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usual.withWaitingItems(0))
                .withMessageContaining("waitingItems");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usual.withWaitingBytes(0))
                .withMessageContaining("waitingBytes");
    }

    private void use(Coalescing coalescing) {
        client = ReliableMessageClient.create(service.settings().withCoalescing(coalescing));
    }

    /** From here on calls gather, until the service goes on. */
    private void occupyTheBatcher() {
        service.calls().clear();
        service.stall();
        var unused = client.confirmAsync("first");
        await().until(() -> service.calls().size() == 1);
    }

    private CompletableFuture<MessageStatus> prepareAsync(String id, String payload) {
        return client.prepareAsync(PrepareRequest.of(id, "t", "k", new RawJson("\"" + payload + "\"")));
    }

    private static <T> T call(Callable<T> callable) {
        try {
            return callable.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String twice(String element) {
        return "[" + element + "," + element + "]";
    }

    private static Set<Thread> senders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("reliable-message-sender-"))
                .collect(Collectors.toSet());
    }
}
