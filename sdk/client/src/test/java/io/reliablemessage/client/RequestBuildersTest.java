package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.RejectRequest;
import io.reliablemessage.api.SubscriptionKind;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestBuildersTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    @Test
    void setEachMember() {
        assertThat(ApplicationRequest.builder()
                        .checkUrl("http://shop/checkbacks")
                        .checkSecret("whsec_1")
                        .checkAnswers(CheckAnswers.UNSIGNED)
                        .requireCheckRef(true)
                        .build())
                .isEqualTo(new ApplicationRequest("http://shop/checkbacks", "whsec_1", CheckAnswers.UNSIGNED, true));
        assertThat(TopicRequest.builder()
                        .consumers(List.of("points"))
                        .checkAfter(WAIT)
                        .build())
                .isEqualTo(new TopicRequest(List.of("points"), WAIT));
        assertThat(SubscriptionRequest.builder("order.placed")
                        .kind(SubscriptionKind.QUEUE)
                        .schedule(List.of(WAIT))
                        .maxAttempts(3)
                        .ratePerSecond(50)
                        .retired(true)
                        .build())
                .isEqualTo(new SubscriptionRequest("order.placed", SubscriptionKind.QUEUE, List.of(WAIT), 3, 50, true));
        assertThat(RejectRequest.builder("ACCOUNT_CLOSED")
                        .id("m")
                        .subscription("points")
                        .reason("closed in May")
                        .build())
                .isEqualTo(new RejectRequest("m", "points", "ACCOUNT_CLOSED", "closed in May"));
    }

    @Test
    void setEachMemberOfAMessage() {
        var at = Instant.parse("2027-01-01T00:00:00Z");

        assertThat(PrepareRequest.builder("order.placed", "A-1", "text")
                        .id("m")
                        .payloadEncoding("text")
                        .contentType("text/plain")
                        .headers(Map.of("lang", "zh"))
                        .deliverAt(at)
                        .delay(WAIT)
                        .checkAfter(WAIT)
                        .checkRef("db-1")
                        .build())
                .isEqualTo(new PrepareRequest(
                        "m",
                        "order.placed",
                        "A-1",
                        "text",
                        "text",
                        "text/plain",
                        Map.of("lang", "zh"),
                        at,
                        WAIT,
                        WAIT,
                        "db-1",
                        null,
                        null));
    }

    @Test
    void leaveOutWhatIsNotSet() {
        assertThat(ApplicationRequest.builder().build()).isEqualTo(new ApplicationRequest(null, null, null, null));
        assertThat(TopicRequest.builder().build()).isEqualTo(new TopicRequest(null, null));
        assertThat(SubscriptionRequest.builder("order.placed").build())
                .isEqualTo(new SubscriptionRequest("order.placed", null, null, null, null, null));
        assertThat(RejectRequest.builder("CODE").build()).isEqualTo(new RejectRequest(null, null, "CODE", null));
        assertThat(PrepareRequest.builder("order.placed", "A-1", null).build())
                .isEqualTo(PrepareRequest.of(null, "order.placed", "A-1", null));
    }
}
