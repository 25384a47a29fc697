package io.reliablemessage.client;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.DeliveryStatus;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.RawJson;
import io.reliablemessage.api.RejectRequest;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TimelineView;
import io.reliablemessage.api.TopicRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire when all is well. */
class CallsTest {

    private static final String ID = "019a0000-0000-7000-8000-000000000001";

    private final StubService service = new StubService();
    private final ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void preparesAHalfMessage() {
        service.answers(201, "{\"id\":\"" + ID + "\",\"state\":\"PENDING_CONFIRM\"}");

        var status = client.prepare(PrepareRequest.of(ID, "order.placed", "A-1", Map.of("points", 10)));

        assertThat(status).isEqualTo(new MessageStatus(ID, MessageState.PENDING_CONFIRM));
        assertThat(service.calls())
                .containsExactly(new StubService.Call(
                        "POST",
                        "/messages/prepare",
                        "Bearer " + StubService.KEY,
                        "application/json",
                        "{\"id\":\"" + ID
                                + "\",\"topic\":\"order.placed\",\"key\":\"A-1\",\"payload\":{\"points\":10}}"));
    }

    @Test
    void writesTimesAsTextAndARawPayloadAsItIs() {
        service.answers(201, "{\"id\":\"" + ID + "\",\"state\":\"SENDING\"}");
        var payload = new RawJson("{\"a\": 1.0, \"a\":1e400}");

        client.send(PrepareRequest.builder("t", "k", payload)
                .id(ID)
                .deliverAt(Instant.EPOCH)
                .checkAfter(Duration.ofSeconds(90))
                .build());

        assertThat(onlyBody())
                .contains("\"deliverAt\":\"1970-01-01T00:00:00Z\"")
                .contains("\"checkAfter\":\"PT1M30S\"")
                .contains("\"payload\":{\"a\": 1.0, \"a\":1e400}");
    }

    @Test
    void repeatsTheSameBytesWhateverTheOrderOfAMap() {
        service.answers(201, "{\"id\":\"" + ID + "\",\"state\":\"PENDING_CONFIRM\"}");
        var payload = new HashMap<String, Integer>(Map.of("Zebra", 1, "ant", 2, "Bee", 3));

        client.prepare(PrepareRequest.of(ID, "t", "k", payload));

        assertThat(onlyBody()).contains("{\"Bee\":3,\"Zebra\":1,\"ant\":2}");
    }

    @Test
    void preparesInTheTraceOfTheCaller() {
        service.answers(201, "{\"id\":\"" + ID + "\",\"state\":\"SENDING\"}");
        var trace = new ThreadLocal<String>();
        try (var traced = ReliableMessageClient.create(service.settings().withCurrentTrace(trace::get))) {
            traced.send(PrepareRequest.of(ID, "t", "k", 1));
            trace.set("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            traced.send(PrepareRequest.of(ID, "t", "k", 1));
            traced.sendAsync(PrepareRequest.of(ID, "t", "k", 1).inTrace("given", "a=1"))
                    .join();
        }

        assertThat(service.calls())
                .extracting(StubService.Call::body)
                .map(body -> body.substring(body.indexOf("\"payload\"")))
                .containsExactly(
                        "\"payload\":1}",
                        "\"payload\":1,\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}",
                        "\"payload\":1,\"traceparent\":\"given\",\"tracestate\":\"a=1\"}");
    }

    @Test
    void decides() {
        service.answers(200, "{\"id\":\"" + ID + "\",\"state\":\"CANCELLED\"}");

        client.confirm(ID);
        client.cancel(ID);

        assertThat(service.calls())
                .extracting(StubService.Call::method, StubService.Call::path, StubService.Call::body)
                .containsExactly(
                        tuple("POST", "/messages/confirm", "{\"id\":\"" + ID + "\"}"),
                        tuple("POST", "/messages/cancel", "{\"id\":\"" + ID + "\"}"));
    }

    @Test
    void acknowledgesAndRejects() {
        service.answers(200, "{\"id\":\"" + ID + "\",\"subscription\":\"points\",\"state\":\"CONSUMED\"}");

        var status = client.ack(ID, "points");
        client.ack(ID, null);
        client.reject(
                ID,
                RejectRequest.builder("ACCOUNT_CLOSED")
                        .id(ID)
                        .subscription("points")
                        .build());

        assertThat(status).isEqualTo(new DeliveryStatus(ID, "points", DeliveryState.CONSUMED));
        assertThat(service.calls())
                .extracting(StubService.Call::method, StubService.Call::path, StubService.Call::body)
                .containsExactly(
                        tuple("POST", "/messages/ack", "{\"id\":\"" + ID + "\",\"subscription\":\"points\"}"),
                        tuple("POST", "/messages/ack", "{\"id\":\"" + ID + "\"}"),
                        tuple(
                                "POST",
                                "/messages/reject",
                                "{\"id\":\"" + ID + "\",\"subscription\":\"points\",\"code\":\"ACCOUNT_CLOSED\"}"));
    }

    @Test
    void refusesARejectThatNamesTwoMessages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.reject(
                        ID, RejectRequest.builder("CODE").id("other").build()))
                .withMessageContaining("Two messages");
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void readsATimeline() {
        service.answers(200, """
            {"items":[{"at":"2026-01-02T03:04:05.678901Z","kind":"REDELIVERED","subscription":"points","actor":"service",
                       "detail":"attempt 2","newMember":1}]}\
            """);

        var timeline = client.timeline(ID);

        assertThat(timeline.items())
                .containsExactly(new TimelineView.Entry(
                        Instant.parse("2026-01-02T03:04:05.678901Z"), "REDELIVERED", "points", "service", "attempt 2"));
        assertThat(service.calls())
                .extracting(StubService.Call::method, StubService.Call::path)
                .containsExactly(tuple("GET", "/messages/" + ID + "/timeline"));
    }

    @Test
    void readsAMessage() {
        service.answers(200, """
            {"id":"%s","topic":"t","key":"k","producer":"orders","state":"SENDING","suspect":false,
             "createdAt":"2026-01-02T03:04:05.678901Z","newMember":{"a":1},
             "deliveries":[{"subscription":"points","state":"SENDING","attempts":2}]}\
            """.formatted(ID));

        var message = client.get(ID);

        assertThat(message.createdAt()).isEqualTo("2026-01-02T03:04:05.678901Z");
        assertThat(message.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.state()).isEqualTo(DeliveryState.SENDING);
            assertThat(delivery.attempts()).isEqualTo(2);
        });
        assertThat(service.calls().get(0).method()).isEqualTo("GET");
    }

    @Test
    void registers() {
        service.answers(200, """
            {"name":"order.placed","application":"orders","consumers":["points"],"checkAfter":"PT1M"}\
            """);
        var topic = client.registerTopic(
                "order.placed",
                TopicRequest.builder().consumers(List.of("points")).build());
        service.answers(200, """
            {"name":"a/b","topic":"order.placed","application":"points","kind":"QUEUE","queue":"rm.a",
             "schedule":["PT30S"],"maxAttempts":12,"overridden":false,"paused":false,"preview":["PT30S"]}\
            """);
        var subscription = client.registerSubscription(
                "a/b",
                SubscriptionRequest.builder("order.placed")
                        .schedule(List.of(Duration.ofSeconds(30)))
                        .build());

        assertThat(topic.checkAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(subscription.schedule()).containsExactly(Duration.ofSeconds(30));
        assertThat(service.calls())
                .extracting(StubService.Call::method, StubService.Call::path, StubService.Call::body)
                .containsExactly(
                        tuple("PUT", "/topics/order.placed", "{\"consumers\":[\"points\"]}"),
                        tuple("PUT", "/subscriptions/a%2Fb", "{\"topic\":\"order.placed\",\"schedule\":[\"PT30S\"]}"));
    }

    @Test
    void keepsAPathInFrontOfTheService() {
        service.answers(200, "{\"id\":\"" + ID + "\",\"state\":\"SENDING\"}");
        var settings = ClientSettings.of(URI.create(service.url() + "/behind/proxy/"), StubService.KEY);

        ReliableMessageClient.create(settings).confirm(ID);

        assertThat(service.calls().get(0).path()).isEqualTo("/behind/proxy/messages/confirm");
    }

    @Test
    void callsWithAnEmptyIdAreTheCallersMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> client.confirm(" "));
    }

    @Test
    void aPayloadThatCannotBeWrittenIsTheCallersMistake() {
        var endless = new ArrayList<Object>();
        endless.add(endless);

        assertThatIllegalArgumentException().isThrownBy(() -> client.prepare(PrepareRequest.of(ID, "t", "k", endless)));
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void doesNotWaitForTheCommonPool() {
        var release = new CountDownLatch(1);
        var blocked = Stream.generate(() -> runAsync(() -> awaitQuietly(release), ForkJoinPool.commonPool()))
                .limit(ForkJoinPool.getCommonPoolParallelism() + 1L)
                .toList();
        try {
            service.answers(200, "{\"id\":\"" + ID + "\",\"state\":\"SENDING\"}");

            assertThat(client.confirm(ID).state()).isEqualTo(MessageState.SENDING);
        } finally {
            release.countDown();
            blocked.forEach(CompletableFuture::join);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String onlyBody() {
        assertThat(service.calls()).hasSize(1);
        return service.calls().get(0).body();
    }
}
