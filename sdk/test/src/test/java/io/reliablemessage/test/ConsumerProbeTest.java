package io.reliablemessage.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.ReliableMessageClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies are handed out as a broker does, and the consumer's answers count as they do in the service. */
@ReliableMessagesTest(application = "orders")
class ConsumerProbeTest {

    private final InMemoryMessageService service;
    private final ReliableMessageClient orders;
    private final ReliableMessageClient points;
    private final Set<String> inbox = new HashSet<>();
    private final List<String> booked = new ArrayList<>();

    ConsumerProbeTest(InMemoryMessageService service) {
        this.service = service;
        this.orders = service.client("orders");
        this.points = service.client("points");
    }

    @BeforeEach
    void subscribe() {
        orders.registerTopic(
                "order.placed",
                TopicRequest.builder().consumers(List.of("points")).build());
        points.registerSubscription(
                "points", SubscriptionRequest.builder("order.placed").build());
    }

    /** As a listener should be: the effect once, the ack always. */
    private void earn(Delivery delivery) {
        if (inbox.add(delivery.id())) {
            booked.add(delivery.key());
        }
        points.ack(delivery.id(), delivery.subscription());
    }

    @Test
    void eachCopyIsHandedOutOnce() {
        send("A-1", "A-2");

        assertThat(probe().deliver(this::earn)).isEqualTo(2);
        assertThat(probe().deliver(this::earn)).isZero();

        assertThat(booked).containsExactly("A-1", "A-2");
        assertThat(service.sent().list()).allMatch(message -> message.state() == MessageState.CONSUMED);
    }

    @Test
    void theCopyIsAsTheBrokerHasIt() {
        var id = send("A-1");

        var copy = probe().next();

        assertThat(copy.id()).isEqualTo(id);
        assertThat(copy.topic()).isEqualTo("order.placed");
        assertThat(copy.producer()).isEqualTo("orders");
        assertThat(copy.text()).isEqualTo("[\"A-1\"]");
        assertThat(copy.isRedelivered()).isFalse();
        assertThat(copy.headers())
                .containsEntry("rm-subscription", "points")
                .containsEntry("rm-key", "A-1")
                .containsEntry("rm-attempt", 1);
    }

    @Test
    void twiceFindsAConsumerThatCountsTwice() {
        send("A-1");

        assertThat(probe().deliverTwice(this::earn)).isEqualTo(1);
        assertThat(booked).containsExactly("A-1");

        send("A-2");
        probe().deliverTwice(delivery -> booked.add(delivery.key()));
        assertThat(booked).containsExactly("A-1", "A-2", "A-2");
    }

    @Test
    void outOfOrderIsNewestFirst() {
        send("A-1", "A-2", "A-3");

        probe().deliverOutOfOrder(this::earn);

        assertThat(booked).containsExactly("A-3", "A-2", "A-1");
    }

    @Test
    void whoDiesAfterItsCommitIsHandedTheMessageAgain() {
        var id = send("A-1");

        probe().deliverAndDie(this::earn);

        assertThat(booked).containsExactly("A-1");
        assertThat(service.sent().only().state()).isEqualTo(MessageState.SENDING);
        assertThat(probe().waiting()).singleElement().matches(Delivery::isRedelivered);
        probe().deliver(this::earn);
        assertThat(booked).containsExactly("A-1");
        assertThat(service.sent().only().state()).isEqualTo(MessageState.CONSUMED);
        assertThat(service.sent().only().id()).isEqualTo(id);
    }

    @Test
    void anErrorOfTheConsumerReachesTheTest() {
        send("A-1");
        Consumer<Delivery> broken = delivery -> {
            throw new AssertionError("never");
        };

        assertThatThrownBy(() -> probe().deliverAndDie(broken)).hasMessage("never");
        assertThatThrownBy(() -> probe().deliver(broken)).hasMessage("never");
    }

    @Test
    void whatIsInTheQueueCanBeDenied() {
        probe().expectNothing();
        send("A-1");
        assertThatThrownBy(() -> probe().expectNothing()).hasMessageContaining("key=A-1");
        assertThatThrownBy(() -> service.consumer("nobody")).hasMessageContaining("nobody");
    }

    private ConsumerProbe probe() {
        return service.consumer("points");
    }

    private String send(String... keys) {
        var id = "";
        for (var key : keys) {
            id = MessageIds.next();
            orders.send(PrepareRequest.of(id, "order.placed", key, List.of(key)));
        }
        return id;
    }
}
