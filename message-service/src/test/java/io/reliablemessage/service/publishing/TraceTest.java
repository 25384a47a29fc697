package io.reliablemessage.service.publishing;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a message was prepared in can be followed to its consumers, however long and by whatever way it took. */
@Tag("broker")
class TraceTest {

    private static final String OWN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String OTHER = "00-1bf7651916cd43dd8448eb211c80319c-c7ad6b7169203331-01";
    private static final String OF_THE_CALL = "00-2cf7651916cd43dd8448eb211c80319c-d7ad6b7169203331-00";

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void messagesThatTravelTogetherAreEachInTheirOwnTrace() throws IOException {
        var first = message(Map.of("traceparent", OWN, "tracestate", "rojo=1"));
        var second = message(Map.of("traceparent", OTHER));
        var third = message(Map.of());

        service.as(Key.PRODUCER)
                .call(
                        "POST",
                        "/messages",
                        List.of(first, second, third),
                        "traceparent",
                        OF_THE_CALL,
                        "tracestate",
                        "congo=2")
                .is(200);

        try (var tap = new QueueConsumer(service, route.queue())) {
            var headers = IntStream.range(0, 3)
                    .mapToObj(number -> tap.next().getProps())
                    .collect(toMap(props -> props.getMessageId(), props -> texts(props.getHeaders())));
            assertThat(headers.get(first.get("id")))
                    .containsEntry("traceparent", OWN)
                    .containsEntry("tracestate", "rojo=1");
            assertThat(headers.get(second.get("id")))
                    .containsEntry("traceparent", OTHER)
                    .doesNotContainKey("tracestate");
            assertThat(headers.get(third.get("id")))
                    .containsEntry("traceparent", OF_THE_CALL)
                    .containsEntry("tracestate", "congo=2");
        }
    }

    @Test
    void whatIsRepeatedInAnotherTraceIsTheSameMessageInItsFirst() throws IOException {
        var message = message(Map.of("traceparent", OWN));
        service.as(Key.PRODUCER).post("/messages/prepare", message).is(201);

        message.put("traceparent", OTHER);
        service.as(Key.PRODUCER).post("/messages/prepare", message).is(200);

        route.confirm(String.valueOf(message.get("id"))).is(200);
        assertThat(nextTrace()).isEqualTo(OWN);
    }

    @Test
    void aReplicaThatStartsLaterSendsItAgainInTheSameTrace() throws IOException {
        var message = message(Map.of("traceparent", OWN));
        var id = service.as(Key.PRODUCER)
                .post("/messages/prepare", message)
                .is(201)
                .id();
        try (var later = service.replica()) {
            later.as(Key.PRODUCER).post("/messages/%s/confirm".formatted(id)).is(200);
            assertThat(nextTrace()).isEqualTo(OWN);
            route.overdue(id, 1);

            later.as(Key.WORKER)
                    .post("/jobs/redeliveries", Map.of("limit", 5000))
                    .is(200);

            assertThat(nextTrace()).isEqualTo(OWN);
        }
    }

    @Test
    void aTraceThatIsNoneIsIgnoredHereAsWell() throws IOException {
        service.as(Key.PRODUCER)
                .post("/messages", message(Map.of("traceparent", "nonsense", "tracestate", "rojo=1")))
                .is(201);

        assertThat(nextTrace()).isEqualTo("null");
    }

    private Map<String, Object> message(Map<String, String> trace) {
        var message = new HashMap<String, Object>(route.message(MessageFlow.newId()));
        message.putAll(trace);
        return message;
    }

    private String nextTrace() throws IOException {
        try (var tap = new QueueConsumer(service, route.queue())) {
            return String.valueOf(tap.next().getProps().getHeaders().get("traceparent"));
        }
    }

    private static Map<String, String> texts(Map<String, Object> headers) {
        return headers.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, header -> String.valueOf(header.getValue())));
    }
}
