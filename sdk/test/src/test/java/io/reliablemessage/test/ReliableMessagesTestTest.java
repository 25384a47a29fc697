package io.reliablemessage.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ReliableMessageClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The extension, and what a producer's test sees. */
@ReliableMessagesTest(application = "orders", topics = "order.placed")
class ReliableMessagesTestTest {

    private final ReliableMessageClient orders;

    ReliableMessagesTestTest(ReliableMessageClient orders) {
        this.orders = orders;
    }

    @Test
    void aMessageIsSeenAsItsProducerStoredIt(SentMessages sent) {
        var id = MessageIds.next();
        orders.prepare(PrepareRequest.builder("order.placed", "A-1", Map.of("points", 10))
                .id(id)
                .headers(Map.of("lang", "zh"))
                .checkRef("store-7")
                .build());
        assertThat(sent.pending().only().id()).isEqualTo(id);

        orders.confirm(id);

        var message = sent.to("order.placed").withKey("A-1").confirmed().only();
        assertThat(message.text()).isEqualTo("{\"points\":10}");
        assertThat(message.producer()).isEqualTo("orders");
        assertThat(message.headers()).containsExactly(Map.entry("lang", "zh"));
        assertThat(message.checkRef()).isEqualTo("store-7");
        assertThat(message.contentType()).isEqualTo("application/json");
        assertThat(message.state()).isEqualTo(MessageState.SENDING);
        sent.cancelled().none();
    }

    @Test
    void whatIsMissingOrTooMuchIsSaidWithAllThereIs(SentMessages sent) {
        assertThatThrownBy(() -> sent.to("order.placed").confirmed().only())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expected one of the messages to order.placed confirmed, but there are 0.");

        orders.send(PrepareRequest.of(MessageIds.next(), "order.placed", "A-1", 1));
        orders.send(PrepareRequest.of(MessageIds.next(), "order.placed", "A-2", 2));

        assertThatThrownBy(sent::only).hasMessageContaining("key=A-1").hasMessageContaining("key=A-2");
        assertThatThrownBy(sent::none).hasMessageContaining("Expected none of the messages, but there are 2.");
    }

    @Test
    void aProducerInTheBackgroundIsWaitedFor(SentMessages sent) {
        var sending = CompletableFuture.runAsync(
                () -> orders.send(PrepareRequest.of(MessageIds.next(), "order.placed", "late", 1)),
                CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));

        assertThat(sent.withKey("late").within(Duration.ofSeconds(10)).only().key())
                .isEqualTo("late");

        sending.join();
    }

    @Test
    void eachTestBeginsWithoutMessagesAndWithRegistrations(SentMessages sent, InMemoryMessageService service) {
        sent.none();
        service.consumer("order.placed").expectNothing();
        orders.send(PrepareRequest.of(MessageIds.next(), "order.placed", "A-1", 1));
    }

    @Test
    void aServiceThatFailsHasNoEffect(SentMessages sent, InMemoryMessageService service) {
        service.fail();
        var single = PrepareRequest.of(MessageIds.next(), "order.placed", "A-1", 1);
        assertThatThrownBy(() -> orders.send(single)).isInstanceOf(MessageProblemException.class);
        sent.none();

        service.recover();
        orders.send(single);
        sent.confirmed().only();
    }

    @Nested
    class Inside {

        @Test
        void aNestedClassSharesTheService(InMemoryMessageService service, SentMessages sent) {
            orders.send(PrepareRequest.of(MessageIds.next(), "order.placed", "A-1", 1));
            sent.only();
            assertThat(service.client("orders")).isSameAs(orders);
        }
    }
}
