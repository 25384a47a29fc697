package io.reliablemessage.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.ProblemType;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.MessageNotFoundException;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ReliableMessageClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens in time, when a test lets it pass. */
@ReliableMessagesTest(application = "orders", topics = "order.placed")
class TestClockTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final InMemoryMessageService service;
    private final TestClock clock;
    private final ReliableMessageClient orders;

    TestClockTest(InMemoryMessageService service, TestClock clock, ReliableMessageClient orders) {
        this.service = service;
        this.clock = clock;
        this.orders = orders;
    }

    @BeforeEach
    void schedule() {
        orders.registerSubscription(
                "order.placed",
                SubscriptionRequest.builder("order.placed")
                        .schedule(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)))
                        .maxAttempts(3)
                        .build());
    }

    @Test
    void whatNobodyAcknowledgesIsSentAgainOnItsScheduleAndThenGivenUp() {
        var id = send();
        assertThat(queue().next().attempt()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(1).minus(Duration.ofSeconds(10)));
        queue().expectNothing();
        clock.advance(Duration.ofSeconds(10));
        assertThat(queue().next().attempt()).isEqualTo(2);
        clock.advance(Duration.ofMinutes(5));
        assertThat(queue().next().attempt()).isEqualTo(3);
        clock.advance(Duration.ofMinutes(5));
        queue().expectNothing();

        var given = orders.get(id);
        assertThat(given.state()).isEqualTo(MessageState.DEAD);
        assertThat(given.deliveries().get(0).lastError()).isEqualTo("no ack after 3 attempts");
        orders.ack(id, "order.placed");
        assertThat(orders.get(id).state()).isEqualTo(MessageState.CONSUMED);
    }

    @Test
    void whatStillWaitsInItsQueueIsNeitherSentAgainNorGivenUp() {
        send();

        for (var times = 0; times < 10; times++) {
            clock.advance(Duration.ofMinutes(5));
        }

        assertThat(queue().waiting()).singleElement().matches(copy -> copy.attempt() == 1);
        assertThat(service.sent().only().state()).isEqualTo(MessageState.SENDING);
    }

    @Test
    void whatIsDelayedComesInItsTime() {
        orders.send(PrepareRequest.builder("order.placed", "A-1", 1)
                .id(MessageIds.next())
                .delay(Duration.ofMinutes(30))
                .build());

        clock.advance(Duration.ofMinutes(29));
        queue().expectNothing();
        clock.advance(Duration.ofMinutes(1));

        assertThat(queue().next().attempt()).isEqualTo(1);
    }

    @Test
    void aDelayThatPassesWhileSomebodyWaitsIsOver() {
        orders.send(PrepareRequest.builder("order.placed", "A-1", 1)
                .id(MessageIds.next())
                .delay(Duration.ofMillis(300))
                .build());

        assertThat(queue().next().key()).isEqualTo("A-1");
    }

    @Test
    void aClockOfTheServiceThatIsAheadOrBehindRefusesIds() {
        for (var off : List.of(Duration.ofDays(7).plus(SECOND), Duration.ofMinutes(-11))) {
            clock.reset();
            clock.advance(off);
            assertThatThrownBy(this::send)
                    .isInstanceOfSatisfying(
                            MessageProblemException.class,
                            problem -> assertThat(problem.type()).contains(ProblemType.ID_OUTSIDE_WINDOW));
        }
    }

    @Test
    void whatIsDoneIsForgottenAMonthAfterItsDayAndWhatIsOpenIsNot() {
        var consumed = send();
        orders.ack(consumed, "order.placed");
        clock.advance(Duration.ofDays(30).minus(SECOND));
        assertThat(orders.get(consumed).state()).isEqualTo(MessageState.CONSUMED);

        clock.advance(Duration.ofDays(2));

        assertThatThrownBy(() -> orders.get(consumed)).isInstanceOf(MessageNotFoundException.class);
        clock.reset();
        var open = send();
        clock.advance(Duration.ofDays(100));
        assertThat(orders.get(open).state()).isEqualTo(MessageState.SENDING);
    }

    @Test
    void anOperatorResendsAndDiscards() {
        var id = send();
        queue().next();
        service.giveUp(id, "order.placed");
        service.resend(id, "order.placed");
        assertThat(queue().next().attempt()).isEqualTo(1);
        service.discard(id, "order.placed");
        assertThat(orders.get(id).state()).isEqualTo(MessageState.DISCARDED);
    }

    private ConsumerProbe queue() {
        return service.consumer("order.placed");
    }

    private String send() {
        var id = MessageIds.next();
        orders.send(PrepareRequest.of(id, "order.placed", "A-1", 1));
        return id;
    }
}
