package io.reliablemessage.client.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.reliablemessage.api.AckRequest;
import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.ApplicationView;
import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.DeliveryStatus;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.RejectRequest;
import io.reliablemessage.api.SubscriptionKind;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.SubscriptionView;
import io.reliablemessage.api.TimelineView;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.api.TopicView;
import io.reliablemessage.client.ClientSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same bytes on the wire with Jackson 2 and 3: the tests run with one, then with the other. */
class GoldenFilesTest {

    private static final Json JSON = Json.of(ClientSettings.of(URI.create("http://localhost"), "key"));
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final String ID = "019a0000-0000-7000-8000-000000000001";

    enum Size {
        SMALL,
        LARGE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Line(
            String sku,
            int count,
            BigDecimal price,
            @Nullable String note) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Order(
            String number,
            Size size,
            List<Line> lines,
            Instant at,
            Duration within,
            LocalDate day,
            LocalDateTime local,
            Optional<String> coupon,
            @JsonProperty("renamed") UUID reference,
            @Nullable String absent) {}

    /** A bean, whose properties have no order of their own. */
    public static final class Bean {

        public String getZebra() {
            return "/\"\\\u0001\t\u00e9单\ud83d\ude00";
        }

        public double getApple() {
            return 2.0e-3;
        }

        public float getMango() {
            return 1.1f;
        }

        public byte[] getBytes() {
            return new byte[] {0, 1, -1};
        }

        public char getC() {
            return 'c';
        }

        public BigInteger getHuge() {
            return BigInteger.TEN.pow(30);
        }

        public boolean isTrue() {
            return true;
        }
    }

    @Test
    void requests() throws IOException {
        var written = new ArrayList<String>();
        for (var request : List.of(
                PrepareRequest.builder("order.placed", "单\"\\/\n\u0001\ud83d\ude00", Map.of("b", 1, "a", List.of()))
                        .id(ID)
                        .contentType("application/json")
                        .headers(Map.of("tenant", "42", "lang", "zh", "Zone", "/"))
                        .deliverAt(TIME)
                        .delay(Duration.ofMillis(1_500))
                        .checkAfter(Duration.ofMinutes(30))
                        .checkRef("db-1")
                        .build()
                        .inTrace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=1"),
                PrepareRequest.of("t", "k", null),
                PrepareRequest.builder("t", "k", "text").payloadEncoding("text").build(),
                new AckRequest(ID, null),
                RejectRequest.builder("CODE").id(ID).reason("why").build(),
                ApplicationRequest.builder()
                        .checkUrl("https://a/b")
                        .checkAnswers(CheckAnswers.SIGNED)
                        .requireCheckRef(true)
                        .build(),
                TopicRequest.builder()
                        .consumers(List.of("a", "b"))
                        .checkAfter(Duration.ofSeconds(90))
                        .build(),
                TopicRequest.builder().consumers(List.of()).build(),
                SubscriptionRequest.builder("t")
                        .kind(SubscriptionKind.QUEUE)
                        .schedule(List.of(Duration.ofSeconds(30), Duration.ofHours(1)))
                        .maxAttempts(3)
                        .retired(false)
                        .build())) {
            written.add(new String(JSON.write(request), UTF_8));
        }

        assertThat(String.join("\n", written)).isEqualTo(golden("requests.txt"));
    }

    @Test
    void payloads() throws IOException {
        var map = new LinkedHashMap<Object, Object>();
        map.put("zebra", new int[] {1, 2});
        map.put("Ant", Map.of(Size.LARGE, 1L));
        map.put("bee", Optional.empty());
        var order = new Order(
                "A-1",
                Size.SMALL,
                List.of(new Line("s", 1, new BigDecimal("1.10"), null), new Line("t", 2, new BigDecimal("1E+3"), "n")),
                TIME,
                Duration.ofMillis(90_500),
                LocalDate.of(2026, 1, 2),
                LocalDateTime.of(2026, 1, 2, 3, 4),
                Optional.of("ten"),
                UUID.fromString(ID),
                null);
        var written = new ArrayList<String>();
        for (var payload : List.of(order, new Bean(), map, List.of(1.0, 1e21, 100, true, "x"))) {
            written.add(TestJson.CODEC.write(payload));
        }

        assertThat(String.join("\n", written)).isEqualTo(golden("payloads.txt"));
    }

    @Test
    void answers() throws IOException {
        var lines = golden("answers.txt").lines().toList();

        assertThat(read(lines.get(0), MessageStatus.class)).isEqualTo(new MessageStatus(ID, MessageState.SENDING));
        assertThat(read(lines.get(1), DeliveryStatus.class))
                .isEqualTo(new DeliveryStatus(ID, "points", DeliveryState.CONSUMED));
        assertThat(read(lines.get(2), MessageView.class))
                .isEqualTo(new MessageView(
                        ID,
                        "t",
                        "单",
                        "orders",
                        MessageState.SENDING,
                        true,
                        TIME,
                        null,
                        "orders",
                        null,
                        new MessageView.Checkbacks(2, TIME, "UNKNOWN"),
                        List.of(new MessageView.Delivery("points", DeliveryState.SENDING, 2, TIME, null, null, "e"))));
        assertThat(read(lines.get(3), TimelineView.class))
                .isEqualTo(new TimelineView(
                        List.of(new TimelineView.Entry(TIME, "FROM_THE_FUTURE", null, "service", null))));
        assertThat(read(lines.get(4), SubscriptionView.class))
                .isEqualTo(new SubscriptionView(
                        "a",
                        "t",
                        "points",
                        SubscriptionKind.QUEUE,
                        "rm.a",
                        List.of(Duration.ofSeconds(30)),
                        12,
                        50,
                        false,
                        false,
                        List.of(),
                        TIME));
        assertThat(read(lines.get(5), TopicView.class))
                .isEqualTo(new TopicView("t", "orders", List.of("points"), Duration.ofMinutes(1)));
        assertThat(read(lines.get(6), ApplicationView.class))
                .isEqualTo(new ApplicationView("orders", "https://a/b", CheckAnswers.SIGNED, true));
        assertThat(lines).hasSize(7);
    }

    private static <T> T read(String json, Class<T> type) {
        return JSON.readTree(json.getBytes(UTF_8))
                .flatMap(tree -> Json.readAnswer(tree, type))
                .orElseThrow();
    }

    private static String golden(String name) throws IOException {
        try (var file = GoldenFilesTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(requireNonNull(file).readAllBytes(), UTF_8).stripTrailing();
        }
    }
}
