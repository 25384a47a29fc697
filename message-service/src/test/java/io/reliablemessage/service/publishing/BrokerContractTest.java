package io.reliablemessage.service.publishing;

import static io.reliablemessage.service.publishing.RecordedAnswers.Answer.CONFIRMED;
import static io.reliablemessage.service.publishing.RecordedAnswers.Answer.FAILED;
import static io.reliablemessage.service.publishing.RecordedAnswers.Answer.NONE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.Dispatch.Content;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.Trace;
import io.reliablemessage.service.publishing.Broker.Backlog;
import io.reliablemessage.service.publishing.rabbit.FaultyRabbit;
import io.reliablemessage.testing.Infrastructure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What publishing expects of any broker. A second one is added to {@link #brokers()}. */
@Tag("broker")
@ParameterizedClass
@MethodSource("brokers")
@Tag("slow")
class BrokerContractTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private final Server server;
    private final String queue = "contract-" + UUID.randomUUID();
    private final RecordedAnswers answers = new RecordedAnswers();

    private FaultyBroker faults;
    private Broker broker;

    BrokerContractTest(Server server) {
        this.server = server;
    }

    /** A running server, to be reached by a broker under test. */
    record Server(String name, Supplier<FaultyBroker> reach) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Server> brokers() {
        return Infrastructure.allBrokers().stream()
                .map(each -> new Server(each.description(), () -> FaultyRabbit.at(each)))
                .toList();
    }

    @BeforeEach
    void connect() {
        faults = server.reach.get();
        broker = faults.broker();
        broker.declare(queue);
    }

    @AfterEach
    void disconnect() {
        faults.close();
    }

    @Test
    void eachSendIsConfirmedOnceAndWaitsInItsQueue() throws IOException {
        var channel = broker.open(answers);

        send(channel, 300, queue);

        await().atMost(SOON).until(() -> answers.count(NONE) == 0);
        assertThat(answers.count(CONFIRMED)).isEqualTo(300);
        await().atMost(SOON).until(() -> broker.backlog(queue).equals(new Backlog(300, 0)));
    }

    @Test
    void aSendToAMissingQueueFailsAndItsNeighboursArrive() throws IOException {
        var channel = broker.open(answers);

        send(channel, 1, queue);
        send(channel, 1, queue + "-missing");
        send(channel, 1, queue);

        await().atMost(SOON).until(() -> answers.count(NONE) == 0);
        assertThat(answers.of(1)).isEqualTo(CONFIRMED);
        assertThat(answers.of(2)).isEqualTo(FAILED);
        assertThat(answers.of(3)).isEqualTo(CONFIRMED);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void refusedSendsFailAndTheChannelStaysOpen() throws IOException {
        var channel = broker.open(answers);
        faults.refuseSends(true);
        send(channel, 20, queue);
        await().atMost(SOON).until(() -> answers.count(FAILED) == 20);

        faults.refuseSends(false);
        send(channel, 1, queue);

        await().atMost(SOON).until(() -> answers.of(21) == CONFIRMED);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.refusal()).isNull();
    }

    @Test
    void aClosedChannelSaysWhyAndTheConnectionRemains() throws IOException {
        var channel = broker.open(answers);
        var generation = broker.generation();
        send(channel, 1, queue);
        await().atMost(SOON).until(() -> answers.of(1) == CONFIRMED);
        faults.closeChannels(true);
        send(channel, 1, queue);
        await().atMost(SOON).until(() -> !channel.isOpen());
        faults.closeChannels(false);

        assertThat(channel.refusal()).contains("PRECONDITION_FAILED");
        assertThat(answers.of(2)).isEqualTo(NONE);
        assertThatThrownBy(() -> send(channel, 1, queue)).isInstanceOfAny(IOException.class, RuntimeException.class);
        assertThatCode(channel::abort).doesNotThrowAnyException();
        assertThat(channel.refusal()).isNotNull();

        assertConfirms(broker);
        assertThat(broker.generation()).isEqualTo(generation);
    }

    @Test
    void aChannelThatWasAbortedWasNotRefused() throws IOException {
        var channel = broker.open(answers);

        channel.abort();

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.refusal()).isNull();
        assertThatCode(channel::abort).doesNotThrowAnyException();
    }

    @Test
    void aLostConnectionIsNoRefusalAndTheNextChannelReconnects() throws IOException {
        var channel = broker.open(answers);
        var generation = broker.generation();

        faults.cutConnections();

        await().atMost(SOON).until(() -> !channel.isOpen());
        assertThat(channel.refusal()).isNull();
        assertThatCode(channel::abort).doesNotThrowAnyException();
        assertConfirms(broker);
        assertThat(broker.generation()).isEqualTo(generation + 1);
    }

    @Test
    void disconnectingClosesTheChannels() throws IOException {
        var channel = broker.open(answers);

        broker.disconnect();

        await().atMost(SOON).until(() -> !channel.isOpen());
        assertThat(channel.refusal()).isNull();
        assertConfirms(broker);
    }

    @Test
    void aBrokerThatHangsKeepsNoSenderWaitingAndConfirmsLater() throws IOException {
        var channel = broker.open(answers);
        faults.freeze(true);

        send(channel, 20, queue);

        await().during(A_MOMENT).atMost(SOON).until(() -> answers.count(NONE) == 20 && channel.isOpen());
        faults.freeze(false);
        await().atMost(SOON).until(() -> answers.count(CONFIRMED) == 20);
    }

    @Test
    void aSendToABrokerThatVanishedEndsAndTheNextChannelReconnects() throws IOException {
        var channel = broker.open(answers);
        faults.vanish();

        var sender = Thread.ofPlatform().daemon().start(() -> sendUntilItFails(channel));

        await().atMost(SOON).until(() -> !channel.isOpen() && sender.isAlive()); // while the write still hangs
        await().atMost(SOON).until(() -> !sender.isAlive());
        assertThat(channel.refusal()).isNull();
        assertThatCode(channel::abort).doesNotThrowAnyException();
        assertConfirms(broker);
    }

    @Test
    void aConnectionToABrokerThatVanishedIsGivenUpAtOnce() throws IOException {
        var channel = broker.open(answers);
        faults.vanish();
        var sender = Thread.ofPlatform().daemon().start(() -> sendUntilItFails(channel));
        await().atMost(SOON).until(() -> sender.getState() == Thread.State.RUNNABLE);

        var began = System.nanoTime();
        broker.disconnect();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        await().atMost(A_MOMENT.multipliedBy(10)).until(() -> !sender.isAlive());
        assertConfirms(broker);
    }

    private void sendUntilItFails(BrokerChannel channel) {
        try {
            while (true) {
                send(channel, answers, queue, new byte[1 << 20]);
            }
        } catch (IOException | RuntimeException ended) {
            assertThat(ended).isNotInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void aBrokerThatHangsCannotBeAskedForQueuesForEver() {
        faults.freeze(true);

        assertThatThrownBy(() -> broker.backlog(queue)).isInstanceOf(BrokerUnavailable.class);
        assertThatThrownBy(() -> broker.declare(queue)).isInstanceOf(BrokerUnavailable.class);
    }

    @Test
    void aBlockedBrokerSaysSoAndWhenItAcceptsAgain() throws IOException {
        var channel = broker.open(answers);
        var before = broker.acceptingSince();
        assertThat(broker.isBlocked()).isFalse();

        faults.block(true);
        await().atMost(SOON).until(broker::isBlocked);
        assertThat(broker.acceptingSince()).isEqualTo(before);
        faults.block(false);

        await().atMost(SOON).until(() -> !broker.isBlocked());
        assertThat(broker.acceptingSince()).isGreaterThan(before);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aNewConnectionIsNotBlocked() throws IOException {
        broker.open(answers);
        faults.block(true);
        await().atMost(SOON).until(broker::isBlocked);

        faults.cutConnections();

        assertConfirms(broker);
        assertThat(broker.isBlocked()).isFalse();
    }

    @Test
    void aBrokerThatIsDownIsOutOfReach() {
        faults.close();

        assertThatThrownBy(() -> broker.open(answers)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> broker.backlog(queue)).isInstanceOf(BrokerUnavailable.class);
        assertThatThrownBy(() -> broker.declare(queue)).isInstanceOf(BrokerUnavailable.class);
    }

    @Test
    void aQueueIsDeclaredOnceAndKeepsItsMessages() throws IOException {
        var channel = broker.open(answers);
        send(channel, 2, queue);
        await().atMost(SOON).until(() -> answers.count(CONFIRMED) == 2);

        broker.declare(queue);

        await().atMost(SOON).until(() -> broker.backlog(queue).messages() == 2);
    }

    @Test
    void aBacklogCountsWaitingMessagesAndConsumers() throws IOException {
        assertThat(broker.backlog(queue)).isEqualTo(new Backlog(0, 0));
        assertThat(broker.backlog(queue + "-missing")).isEqualTo(Backlog.NONE);

        faults.consume(queue);
        faults.consume(queue);
        await().atMost(SOON).until(() -> broker.backlog(queue).consumers() == 2);
        send(broker.open(answers), 5, queue);

        await().atMost(SOON).until(() -> answers.count(CONFIRMED) == 5);
        var backlog = broker.backlog(queue);
        assertThat(backlog.consumers()).isEqualTo(2);
        assertThat(backlog.messages()).as("3 wait, 2 are unacknowledged").isBetween(3, 5);
    }

    private void assertConfirms(Broker broker) throws IOException {
        var fresh = new RecordedAnswers();
        var channel = await().atMost(SOON).ignoreExceptions().until(() -> broker.open(fresh), BrokerChannel::isOpen);
        send(channel, fresh, queue);
        await().atMost(SOON).until(() -> fresh.of(1) == CONFIRMED);
    }

    private void send(BrokerChannel channel, int count, String to) throws IOException {
        for (var i = 0; i < count; i++) {
            send(channel, answers, to);
        }
    }

    private static void send(BrokerChannel channel, RecordedAnswers answers, String to) throws IOException {
        send(channel, answers, to, "{}".getBytes(UTF_8));
    }

    private static void send(BrokerChannel channel, RecordedAnswers answers, String to, byte[] payload)
            throws IOException {
        var id = new MessageId(UUID.randomUUID());
        var content = new Content(
                "orders", "key", "shop", payload, "application/json", Map.of(), Instant.EPOCH, new Trace(null, null));
        answers.sent(id.toString());
        channel.send(Dispatch.first(new Claim(true, () -> {}), id, "points", to, content), content.trace());
    }
}
