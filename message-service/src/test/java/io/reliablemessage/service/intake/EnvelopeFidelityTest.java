package io.reliablemessage.service.intake;

import static io.reliablemessage.service.intake.RoundTrip.ALL_WIDTHS;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a producer says about a message reaches its consumers, through the real broker. */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvelopeFidelityTest {

    private final Service service = Service.shared();
    private final RoundTrip messages = new RoundTrip();
    private final MessageFlow route = messages.route();

    @AfterAll
    void close() {
        messages.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/xml", "application/vnd.acme.order+json;v=2", "image/png", "text/plain;charset=gbk"})
    void theContentTypeIsTheProducers(String contentType) {
        var delivery =
                messages.delivered(Map.of("payload", "AA==", "payloadEncoding", "base64", "contentType", contentType));

        assertThat(delivery.getProps().getContentType()).isEqualTo(contentType);
    }

    @Test
    void theEnvelopeSaysWhatTheMessageIs() {
        var answer = messages.sent(Map.of("payload", 1, "key", "订单-😀"));

        var properties = messages.delivery(answer).getProps();

        assertThat(properties.getMessageId()).isEqualTo(answer.id());
        assertThat(properties.getType()).isEqualTo(route.topic());
        assertThat(properties.getAppId()).isEqualTo("shop");
        assertThat(properties.getDeliveryMode()).isEqualTo(2);
        var createdAt = Instant.parse(route.get(answer.id()).is(200).text("createdAt"));
        assertThat(properties.getTimestamp().toInstant().getEpochSecond()).isEqualTo(createdAt.getEpochSecond());
        assertThat(properties.getReplyTo()).isNull();
        assertThat(properties.getExpiration()).isNull();
        var headers = texts(properties.getHeaders());
        headers.keySet().removeIf(name -> name.startsWith("x-")); // the broker's, and never a producer's
        assertThat(headers)
                .isEqualTo(Map.of("rm-subscription", route.subscription(), "rm-attempt", "1", "rm-key", "订单-😀"));
    }

    @Test
    void declaredHeadersArrive() {
        var headers =
                Map.of("lang", "zh", "Empty", "", "widths", ALL_WIDTHS, "a.b-c_D9", "\"quoted\\\"", "cc2", "no copy");

        var delivery = messages.delivered(Map.of("payload", 1, "headers", headers));

        assertThat(texts(delivery.getProps().getHeaders())).containsAllEntriesOf(headers);
    }

    @Test
    void theTraceTravelsWithTheMessage() {
        var parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var state = "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE";
        var prepared = service.as(Key.PRODUCER)
                .call(
                        "POST",
                        "/messages/prepare",
                        route.message(MessageFlow.newId()),
                        "traceparent",
                        parent,
                        "tracestate",
                        state)
                .is(201);

        route.confirm(prepared.id()).is(200);

        assertThat(texts(messages.delivery(prepared).getProps().getHeaders()))
                .containsEntry("traceparent", parent)
                .containsEntry("tracestate", state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra"
            })
    void aTraceThatIsNoneIsIgnored(String parent) {
        var sent = service.as(Key.PRODUCER)
                .call(
                        "POST",
                        "/messages",
                        route.message(MessageFlow.newId()),
                        "traceparent",
                        parent,
                        "tracestate",
                        "rojo=1")
                .is(201);

        assertThat(messages.delivery(sent).getProps().getHeaders()).doesNotContainKeys("traceparent", "tracestate");
    }

    private static Map<String, String> texts(Map<String, Object> headers) {
        return headers.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, header -> header.getValue().toString()));
    }
}
