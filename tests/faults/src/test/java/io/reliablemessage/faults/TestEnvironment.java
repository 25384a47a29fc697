package io.reliablemessage.faults;

import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ClientSettings.Coalescing;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.faults.load.Consumer;
import io.reliablemessage.faults.load.Effects;
import io.reliablemessage.faults.load.EventLog;
import io.reliablemessage.faults.load.MessageAccounting;
import io.reliablemessage.faults.load.Producers;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.faults.load.TestApplication;
import io.reliablemessage.faults.process.Application;
import io.reliablemessage.faults.process.Http;
import io.reliablemessage.faults.process.Program;
import io.reliablemessage.faults.process.ServiceSettings;
import io.reliablemessage.faults.process.Setting;
import io.reliablemessage.testing.Infrastructure;
import io.reliablemessage.testing.LocalRabbitMq;
import io.reliablemessage.worker.WorkerClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A service with callers and a consumer, and with a broker and databases of its own. */
public final class TestEnvironment implements AutoCloseable {

    public static final String NAME = "faults";
    static final String QUEUE_PREFIX = "t.";
    public static final String QUEUE = QUEUE_PREFIX + NAME;
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

    private final EventLog journal = new EventLog();
    private final List<LocalRabbitMq> nodes;
    private final Program service;
    private final LedgerView ledger;
    private final Effects effects;
    private final Producers producers;
    private final Consumer consumer;
    private final Jobs jobs;

    private TestEnvironment(Setting setting, List<LocalRabbitMq> nodes) {
        this.nodes = nodes;
        var database = Infrastructure.postgres().newDatabase();
        service =
                Application.MESSAGE_SERVICE.program(setting.heap(), ServiceSettings.of(database, nodes, QUEUE_PREFIX));
        ledger = new LedgerView(database);
        effects = Effects.in(Infrastructure.postgres().newDatabase());
        producers = new Producers(clientOf(TestApplication.SHOP), NAME, journal, setting.load());
        consumer = new Consumer(
                nodes, setting.prefetch(), setting.forgetfulness(), effects, clientOf(TestApplication.POINTS));
        jobs = new Jobs(WorkerClient.create(settingsOf(TestApplication.OPERATIONS)));
    }

    /** Sets everything up; the callers are still silent, the consumer has not come yet. */
    static TestEnvironment open(Setting setting) {
        return open(setting, List.of(LocalRabbitMq.stopped()));
    }

    /** The same with a broker of three nodes, each of which has a copy of the queue. */
    static TestEnvironment openWithCluster(Setting setting) {
        var first = LocalRabbitMq.stopped();
        return open(setting, List.of(first, first.another(), first.another()));
    }

    private static TestEnvironment open(Setting setting, List<LocalRabbitMq> nodes) {
        var environment = new TestEnvironment(setting, nodes);
        try {
            environment.service.start(); // meanwhile, the broker starts
            nodes.forEach(LocalRabbitMq::start);
            environment.service.awaitReady();
            environment.register(setting);
            environment.jobs.start();
            return environment;
        } catch (RuntimeException | Error failed) {
            environment.close();
            throw failed;
        }
    }

    private void register(Setting setting) {
        try (var producer = clientOf(TestApplication.SHOP);
                var subscriber = clientOf(TestApplication.POINTS)) {
            producer.registerTopic(
                    NAME,
                    TopicRequest.builder()
                            .consumers(List.of(TestApplication.POINTS.application()))
                            .build());
            subscriber.registerSubscription(
                    NAME,
                    SubscriptionRequest.builder(NAME)
                            .schedule(List.of(setting.schedule()))
                            .maxAttempts(setting.maxAttempts())
                            .build());
        }
    }

    private ReliableMessageClient clientOf(TestApplication party) {
        return ReliableMessageClient.create(settingsOf(party));
    }

    private ClientSettings settingsOf(TestApplication party) {
        return ClientSettings.of(service.address(), party.key())
                .withRequestTimeout(REQUEST_TIMEOUT)
                .withCoalescing(Coalescing.DEFAULT.withInFlight(4)); // as if several applications called
    }

    LocalRabbitMq broker() {
        return nodes.getFirst();
    }

    List<LocalRabbitMq> nodes() {
        return nodes;
    }

    Program service() {
        return service;
    }

    Producers producers() {
        return producers;
    }

    Consumer consumer() {
        return consumer;
    }

    EventLog journal() {
        return journal;
    }

    LedgerView ledger() {
        return ledger;
    }

    Effects effects() {
        return effects;
    }

    /** Prints the progress of the run. */
    void report(String step, Object... arguments) {
        System.out.printf(
                "%s: %,d confirmed, %,d consumed%n",
                step.formatted(arguments), journal.confirmedSoFar(), consumer.acknowledgedSoFar());
    }

    /** Lets the load go on for a while. */
    void passes(Duration time, String step) {
        var end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            var left = Duration.between(Instant.now(), end);
            Slowness.of(left.compareTo(REPORT_INTERVAL) < 0 ? left : REPORT_INTERVAL);
            report(
                    "%s, %d s to go",
                    step, Math.max(0, Duration.between(Instant.now(), end).toSeconds()));
        }
    }

    /** The time until the broker confirms a send of the service again. */
    Duration untilPublishing(Duration limit) {
        var before = confirmedByBroker();
        var from = System.nanoTime();
        await().atMost(limit).pollInterval(Duration.ofMillis(20)).until(() -> confirmedByBroker() > before);
        return Duration.ofNanos(System.nanoTime() - from);
    }

    /** How many sends the broker has confirmed to the service that runs now. */
    private long confirmedByBroker() {
        var metrics = Http.get(service.address().resolve("/actuator/prometheus"), TestApplication.OPERATIONS)
                .orElseThrow();
        return metrics.body()
                .lines()
                .filter(line ->
                        line.startsWith("reliable_message_publishes_total{") && line.contains("outcome=\"confirmed\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Everything works, from the callers to the consumer. */
    void works() {
        await().atMost(Duration.ofSeconds(30)).until(() -> consumer.acknowledgedSoFar() > 0);
    }

    /** The open deliveries are no more than those of one second. */
    void catchesUp(int perSecond) {
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.sending() < perSecond);
    }

    /** Waits until callers finish and all is consumed, then compares the ledger with the callers' answers. */
    void settlesWithin(Duration limit) {
        producers.finish();
        var from = Instant.now();
        await().atMost(limit).pollInterval(Duration.ofMillis(200)).until(() -> ledger.sending() == 0);
        report("all at rest after %.1f s", Duration.between(from, Instant.now()).toMillis() / 1000.0);
        new MessageAccounting(journal, ledger, effects).addsUp();
    }

    /** All answers so far are in the ledger; call it while no call can be answered. */
    void everyAnswerHolds() {
        new MessageAccounting(journal, ledger, effects).everyAnswerHolds();
    }

    @Override
    public void close() {
        producers.close();
        jobs.close();
        consumer.close();
        service.kill(); // nothing of them is needed any more
        nodes.forEach(LocalRabbitMq::kill);
        nodes.forEach(LocalRabbitMq::close);
    }
}
