package io.reliablemessage.service.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reliablemessage.service.model.ActivityCounters;
import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.Dispatch.Content;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.Trace;
import io.reliablemessage.service.model.TransitionMetrics;
import io.reliablemessage.service.publishing.FailedSendStore.FailedSend;
import io.reliablemessage.service.publishing.ScriptedBroker.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;

/** Publishing with a broker and a ledger in memory, which fail as tests want. */
@Tag("faults")
class PublishingLoopTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String HANGING = "rm.hanging";
    private static final String LIVELY = "rm.lively";
    private static final int WINDOW = 1_000;
    private static final int SILENT = 31; // of the sends to a quorum queue that hangs, the 32nd blocks the connection

    private final ScriptedBroker broker = new ScriptedBroker();
    private final GivenBack ledger = new GivenBack();
    private final FailingResends resends = new FailingResends();
    private final AtomicReference<LivenessState> liveness = new AtomicReference<>(LivenessState.CORRECT);
    private final List<Dispatch> published = new ArrayList<>();
    private AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @AfterEach
    void stop() {
        context.close();
        broker.close();
    }

    @Test
    void aQueueThatHangsKeepsNoOtherWaiting() {
        start(Duration.ofSeconds(60));
        broker.hang(HANGING);

        publish(HANGING, 3_000);
        await().atMost(SOON).until(() -> broker.mostInFlight(HANGING) >= SILENT);
        for (var round = 0; round < 5; round++) {
            publish(LIVELY, 1_000);
            publish(HANGING, 100);
        }

        await().atMost(SOON)
                .until(() -> published.stream()
                        .filter(each -> each.queue().equals(LIVELY))
                        .allMatch(broker::hasConfirmed));
        assertThat(broker.mostInFlight(HANGING)).isLessThanOrEqualTo(WINDOW / 4);
        assertThat(broker.disconnects()).isZero();
    }

    @Test
    void aQueueThatHangsKeepsItsShareOfTheWindowAndOfTheMemory() {
        start(Duration.ofSeconds(60));
        broker.hang(HANGING);
        publish(HANGING, 10);
        await().pollDelay(SendWindow.SLOW.multipliedBy(2)).atMost(SOON).until(() -> broker.mostInFlight(HANGING) == 10);

        publish(HANGING, 3_000);

        await().atMost(SOON).until(() -> broker.mostInFlight(HANGING) == SILENT);
        await().atMost(SOON).until(() -> ledger.sends.size() >= 10 + 3_000 - SILENT - 10_000 / 8);
        assertThat(broker.mostInFlight(HANGING)).isEqualTo(SILENT);
        assertThat(ledger.sends).allSatisfy(each -> assertThat(each.pause()).isPositive());
        assertThat(context.getBean(Publishing.class).accepts()).isTrue();
    }

    @Test
    void largeMessagesToAQueueThatHangsLeaveRoomForOthers() {
        start(Duration.ofSeconds(60));
        broker.hang(HANGING);

        publish(HANGING, 40, 1 << 20);
        await().atMost(SOON).until(() -> broker.mostInFlight(HANGING) == 4); // a quarter of 16 MiB
        publish(LIVELY, 100, 1 << 20);

        await().atMost(SOON)
                .until(() -> published.stream()
                        .filter(each -> each.queue().equals(LIVELY))
                        .allMatch(broker::hasConfirmed));
        assertThat(broker.mostInFlight(HANGING)).isEqualTo(4);
    }

    @Test
    void aBusyQueueAloneHasMoreThanTheShareOfOneThatHangs() {
        start(Duration.ofSeconds(60));
        broker.answerAfter(Duration.ofMillis(100));

        publish(LIVELY, 2_000);

        await().atMost(SOON).until(() -> published.stream().allMatch(broker::hasConfirmed));
        assertThat(broker.mostInFlight(LIVELY)).isEqualTo(WINDOW / 4);
    }

    @Test
    void theSendsOfAQueueThatHangsAreGivenBackAndTheConnectionOfTheOthersStays() throws InterruptedException {
        start(Duration.ofSeconds(1));
        broker.hang(HANGING);
        publish(HANGING, 200);

        for (var end = System.nanoTime() + Duration.ofSeconds(2).toNanos(); System.nanoTime() < end; ) {
            publish(LIVELY, 10);
            Thread.sleep(20); // the others' traffic
        }

        await().atMost(SOON)
                .until(() -> ledger.sends.size() == 200 && undecided().isEmpty());
        assertThat(broker.disconnects()).isZero();
        assertThat(ledger.sends).allMatch(each -> each.dispatch().queue().equals(HANGING));
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void anErrorEndsNoLoopAndNothingIsLost(Step step) {
        start(Duration.ofSeconds(3)); // without other answers this leads to a new connection
        publish(LIVELY, 100);
        broker.hang(HANGING);
        publish(HANGING, 3);
        broker.failAt(step);
        provoke(step);
        publish(LIVELY, 100);

        await().atMost(SOON).until(() -> broker.hasFailed() && undecided().isEmpty());
        assertIsAlive();
    }

    /** Leads to the step, if publishing alone does not. */
    private void provoke(Step step) {
        if (step == Step.DECLARE) {
            context.getBean(FailedSendLoop.class).giveBack(List.of(FailedSend.refused(dispatch(LIVELY, 1), "full")));
        } else if (step == Step.BACKLOG) {
            var backlogs = context.getBean(QueueBacklogs.class);
            assertThat(backlogs.backlog(LIVELY)).isEmpty();
            await().atMost(SOON).until(() -> backlogs.backlog(LIVELY).isPresent());
        } else if (Set.of(Step.OPEN, Step.GENERATION, Step.REFUSAL, Step.ABORT).contains(step)) {
            broker.closeChannel();
        }
    }

    @Test
    void anErrorInAnAnswersConsumerReplacesTheChannelAndNothingIsLost() {
        start(Duration.ofSeconds(60));
        resends.failures = 1;

        publish(LIVELY, 500);

        await().atMost(SOON).until(() -> undecided().isEmpty());
        assertThat(resends.failures).isZero();
        assertIsAlive();
    }

    @Test
    void anErrorOfTheLedgerIsRepeatedUntilAllIsGivenBack() {
        start(Duration.ofSeconds(1));
        ledger.failures = 3;
        broker.hang(HANGING);

        publish(HANGING, 700);

        await().atMost(SOON).until(() -> undecided().isEmpty());
        assertThat(ledger.failures).isZero();
        assertIsAlive();
    }

    @Test
    void whileTooMuchWaitsToBeGivenBackNothingIsAccepted() {
        start(Duration.ofSeconds(60));
        ledger.failures = Integer.MAX_VALUE;
        var sends = IntStream.range(0, 10_000)
                .mapToObj(i -> FailedSend.outOfReach(dispatch(LIVELY, 1)))
                .toList();

        context.getBean(FailedSendLoop.class).giveBack(sends);

        var publishing = context.getBean(Publishing.class);
        await().atMost(SOON).until(() -> !publishing.accepts());
        ledger.failures = 0;
        await().atMost(SOON).until(publishing::accepts);
        await().atMost(SOON).until(() -> ledger.sends.size() == 10_000);
    }

    @Test
    void aLoopThatEndsUnaskedIsSaidNotToBeLive() {
        start(Duration.ofSeconds(60));

        LoopThread.start(
                "broken",
                () -> {
                    throw new StackOverflowError("by the test");
                },
                () -> {},
                context);

        await().dontCatchUncaughtExceptions().atMost(SOON).until(() -> liveness.get() == LivenessState.BROKEN);
    }

    private void assertIsAlive() {
        await().atMost(SOON).until(() -> context.getBean(Publishing.class).accepts());
        await().atMost(SOON).until(this::publishes);
        assertThat(liveness).hasValue(LivenessState.CORRECT);
    }

    /** What comes while a connection is replaced is given back. */
    private boolean publishes() {
        var before = published.size();
        publish(LIVELY, 10);
        await().atMost(SOON).until(() -> undecided().isEmpty());
        return published.subList(before, before + 10).stream().allMatch(broker::hasConfirmed);
    }

    /** What is neither confirmed nor given back. */
    private List<Dispatch> undecided() {
        var givenBack = ledger.sends.stream().map(FailedSend::dispatch).toList();
        return published.stream()
                .filter(each -> !broker.hasConfirmed(each) && !givenBack.contains(each))
                .toList();
    }

    private void publish(String queue, int count) {
        publish(queue, count, 1);
    }

    private void publish(String queue, int count, int bytes) {
        var dispatches =
                IntStream.range(0, count).mapToObj(i -> dispatch(queue, bytes)).toList();
        published.addAll(dispatches);
        context.getBean(Publishing.class).publish(dispatches);
    }

    private static Dispatch dispatch(String queue, int bytes) {
        var content = new Content(
                "orders",
                "key",
                "shop",
                new byte[bytes],
                "application/json",
                Map.of(),
                Instant.EPOCH,
                new Trace(null, null));
        var send = new Claim(true, () -> {}).send(0, null);
        return new Dispatch(new MessageId(UUID.randomUUID()), queue, queue, 1, true, send, content);
    }

    private void start(Duration confirmTimeout) {
        var started = new AnnotationConfigApplicationContext();
        started.registerBean(SimpleMeterRegistry.class);
        started.registerBean(Broker.class, () -> broker);
        started.registerBean(FailedSendStore.class, () -> ledger);
        started.registerBean(ConfirmedResends.class, () -> resends);
        started.registerBean(
                PublishingProperties.class,
                () -> new PublishingProperties(
                        "rm.",
                        "quorum",
                        10_000,
                        DataSize.ofMegabytes(64),
                        WINDOW,
                        DataSize.ofMegabytes(16),
                        confirmTimeout,
                        false));
        started.register(
                ActivityCounters.class,
                TransitionMetrics.class,
                PublishMetrics.class,
                SendSpans.class,
                Queues.class,
                QueueBacklogs.class,
                QueueDeclarations.class,
                FailedSendLoop.class,
                RefusingQueues.class,
                SendOutcomes.class,
                PublishingChannels.class,
                QueueProbes.class,
                PublishingLoop.class,
                Publishing.class);
        started.addApplicationListener(event -> {
            if (event instanceof AvailabilityChangeEvent<?> change
                    && change.getState() instanceof LivenessState state) {
                liveness.set(state);
            }
        });
        started.refresh();
        context = started;
        await().atMost(SOON).until(() -> started.getBean(Publishing.class).accepts());
    }

    /** Keeps what is given back. */
    private static final class GivenBack extends FailedSendStore {

        private final Queue<FailedSend> sends = new ConcurrentLinkedQueue<>();
        private volatile int failures;

        GivenBack() {
            super(JdbcClient.create(new DriverManagerDataSource()));
        }

        @Override
        synchronized int giveBack(List<FailedSend> more) {
            if (failures > 0) {
                failures--;
                throw new InternalError("by the test");
            }
            sends.addAll(more);
            return 0;
        }
    }

    private static final class FailingResends extends ConfirmedResends {

        private volatile int failures;

        FailingResends() {
            super(new ResendStore(JdbcClient.create(new DriverManagerDataSource())));
        }

        @Override
        synchronized void add(Dispatch confirmed) {
            if (failures > 0) {
                failures--;
                throw new StackOverflowError("by the test");
            }
        }
    }
}
