package io.reliablemessage.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.api.LedgerView;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.MessageNotFoundException;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.client.ServiceUnavailableException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The ledger is put back to an earlier time, and its producers learn of it. */
@ReliableMessagesTest(application = "orders", topics = "order.placed")
class RestoreTest {

    private static final String TOPIC = "order.placed";

    private final InMemoryMessageService service;
    private final ReliableMessageClient orders;

    RestoreTest(InMemoryMessageService service, ReliableMessageClient orders) {
        this.service = service;
        this.orders = orders;
    }

    @Test
    void whatWasStoredLaterIsUnknownAndCanBeStoredAgain() {
        var before = prepare();
        var point = pause();
        var later = prepare();

        service.restore(point);

        assertThat(orders.get(before).state()).isEqualTo(MessageState.PENDING_CONFIRM);
        assertThatThrownBy(() -> orders.confirm(later)).isInstanceOf(MessageNotFoundException.class);
        orders.send(message(later));
        assertThat(orders.get(later).state()).isEqualTo(MessageState.SENDING);
    }

    @Test
    void whatWasDecidedLaterIsPendingAgain() {
        var confirmed = prepare();
        var cancelled = prepare();
        var decidedBefore = prepare();
        orders.confirm(decidedBefore);
        var point = pause();
        orders.confirm(confirmed);
        orders.cancel(cancelled);

        service.restore(point);

        for (var id : new String[] {confirmed, cancelled}) {
            var view = orders.get(id);
            assertThat(view.state()).isEqualTo(MessageState.PENDING_CONFIRM);
            assertThat(view.decidedAt()).isNull();
            assertThat(view.deliveries()).isEmpty();
        }
        assertThat(orders.get(decidedBefore).state()).isEqualTo(MessageState.SENDING);
        assertThat(orders.confirm(cancelled).state()).isEqualTo(MessageState.SENDING);
    }

    @Test
    void whatWasAcknowledgedLaterIsOpenAndComesAgain() {
        var id = prepare();
        orders.confirm(id);
        service.consumer(TOPIC).next();
        var point = pause();
        orders.ack(id, TOPIC);

        service.restore(point);

        assertThat(orders.get(id).state()).isEqualTo(MessageState.SENDING);
        service.consumer(TOPIC).expectNothing();
        service.clock().advance(Duration.ofSeconds(30));
        assertThat(service.consumer(TOPIC).next().attempt()).isEqualTo(2);
    }

    @Test
    void whatWasAcknowledgedBeforeStaysSo() {
        var id = prepare();
        orders.confirm(id);
        orders.ack(id, TOPIC);
        var given = prepare();
        orders.confirm(given);
        service.giveUp(given, TOPIC);
        var point = pause();
        service.resend(given, TOPIC);

        service.restore(point);

        assertThat(orders.get(id).state()).isEqualTo(MessageState.CONSUMED);
        assertThat(orders.get(given).state()).isEqualTo(MessageState.DEAD);
        assertThat(orders.get(given).deliveries().get(0).lastError()).isEqualTo("given up by the test");
    }

    @Test
    void queuesAreNotPutBack() {
        var point = pause();
        orders.send(message(MessageIds.next()));

        service.restore(point);

        service.sent().none();
        assertThat(service.consumer(TOPIC).waiting()).hasSize(1);
    }

    @Test
    void eachRestoreBeginsAnEpochThatEveryAnswerShows() {
        prepare();
        var before = orders.epoch().orElseThrow();
        assertThat(orders.ledger(before)).isEqualTo(new LedgerView(before, null));
        var early = pause();
        var late = pause();

        service.restore(late);
        var between = orders.ledger(null).epoch();
        service.restore(early);
        service.restore(late);

        assertThat(new BigInteger(between)).isGreaterThan(new BigInteger(before));
        assertThat(orders.ledger(before).restoredTo()).isEqualTo(early);
        assertThat(orders.ledger(between).restoredTo()).isEqualTo(early);
        var now = orders.ledger(null);
        assertThat(now.restoredTo()).isNull();
        assertThat(orders.ledger(now.epoch()).restoredTo()).isNull();
        assertThat(orders.epoch()).hasValue(now.epoch());
    }

    @Test
    void aRefusalShowsTheEpochAsWell() {
        service.restore(pause());
        service.fail();

        assertThatThrownBy(() -> orders.get(MessageIds.next())).isInstanceOf(ServiceUnavailableException.class);

        service.recover();
        assertThat(orders.epoch()).hasValue(orders.ledger(null).epoch());
    }

    private String prepare() {
        var id = MessageIds.next();
        orders.prepare(message(id));
        return id;
    }

    /** A point in time with nothing else in its second. */
    private Instant pause() {
        service.clock().advance(Duration.ofMillis(500));
        var point = service.clock().instant();
        service.clock().advance(Duration.ofMillis(500));
        return point;
    }

    private static PrepareRequest message(String id) {
        return PrepareRequest.of(id, TOPIC, "A-1", 1);
    }
}
