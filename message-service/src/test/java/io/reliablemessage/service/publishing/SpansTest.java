package io.reliablemessage.service.publishing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With a collector to send them to, calls and sends are spans of the producer's trace. */
@Tag("broker")
class SpansTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PRODUCER = "b7ad6b7169203331";

    private final List<String> exported =
            new CopyOnWriteArrayList<>(); // a character per byte: ids are bytes, names are text

    @Test
    void aSendIsASpanBetweenItsProducersAndItsConsumers() throws IOException {
        var collector = collector();
        var settings = Map.<String, Object>of(
                "message-service.tracing.enabled",
                true,
                "message-service.tracing.sampling",
                0,
                "message-service.tracing.endpoint",
                "http://127.0.0.1:%d/v1/traces".formatted(collector.getAddress().getPort()));
        String first;
        String second;
        String topic;
        try (var service = Service.start(settings)) {
            var route = service.newRoute();
            topic = route.topic();
            var message = new HashMap<>(route.message(MessageFlow.newId()));
            message.put("traceparent", "00-%s-%s-01".formatted(TRACE, PRODUCER));
            var id = service.as(Key.PRODUCER).post("/messages", message).is(201).id();
            first = nextSpan(service, route);
            route.overdue(id, 1);
            service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
            second = nextSpan(service, route);
            service.as(Key.CONSUMER)
                    .call(
                            "POST",
                            "/messages/%s/ack".formatted(id),
                            Map.of("subscription", route.subscription()),
                            "traceparent",
                            "00-%s-%s-01".formatted(TRACE, second))
                    .is(200);
        } finally {
            await().until(() -> !exported.isEmpty()); // closing the service sends what it has
            collector.stop(0);
        }

        assertThat(List.of(first, second)).doesNotHaveDuplicates().doesNotContain(PRODUCER);
        assertThat(String.join("", exported))
                .contains("message-service", "publish " + topic, "POST /messages/{id}/ack")
                .contains(bytes(TRACE), bytes(PRODUCER), bytes(first), bytes(second))
                // Begun elsewhere, or not at all: nobody asked for these.
                .doesNotContain("/jobs/redeliveries");
    }

    private static String nextSpan(Service service, MessageFlow route) throws IOException {
        try (var tap = new QueueConsumer(service, route.queue())) {
            var parent = String.valueOf(tap.next().getProps().getHeaders().get("traceparent"));
            assertThat(parent).matches("00-%s-[0-9a-f]{16}-01".formatted(TRACE));
            return parent.split("-")[2];
        }
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    }

    private HttpServer collector() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            try (exchange) {
                exported.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }
}
