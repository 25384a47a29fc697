package io.reliablemessage.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.faults.load.TestApplication;
import io.reliablemessage.faults.process.Application;
import io.reliablemessage.faults.process.Balancer;
import io.reliablemessage.faults.process.Http;
import io.reliablemessage.faults.process.KilledProcess;
import io.reliablemessage.faults.process.OwnDatabase;
import io.reliablemessage.faults.process.PointsProgram;
import io.reliablemessage.faults.process.Program;
import io.reliablemessage.faults.process.Servers;
import io.reliablemessage.faults.process.Servers.Owner;
import io.reliablemessage.faults.process.ServiceSettings;
import io.reliablemessage.faults.shop.Shop;
import io.reliablemessage.testing.PostgresServer.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An installation of which every part is a process: two of each application behind one address, a producer, a
 * consumer, each with a PostgreSQL of its own, and a RabbitMQ.
 */
public final class Everything implements AutoCloseable {

    private static final Duration CHECK_AFTER = Duration.ofSeconds(2);
    private static final Duration SCHEDULE = Duration.ofSeconds(3);
    private static final int MAX_ATTEMPTS = 1000; // to be dead is an end, too, but not the one that is wanted here
    private static final String SECRET = "whsec_" + base64("0123456789abcdefghijklmnopqrstuv");

    private final Servers servers;
    private final List<Program> services;
    private final Balancer balancer;
    private final List<Program> workers = new ArrayList<>();
    private final Program producer;
    private final Program consumer;

    private Everything(Servers servers, int ordersPerSecond) {
        this.servers = servers;
        services = two(Application.MESSAGE_SERVICE, "256m", serviceSettings());
        balancer = Balancer.before(services.stream().map(Program::port).toList());
        workers.addAll(two(Application.STATUS_CHECKER, "64m", workerSettings("status-checker")));
        workers.addAll(two(Application.RECOVERY_JOB, "64m", workerSettings("recovery-job")));
        producer = Program.of("producer", Shop.class, "128m", producerSettings(ordersPerSecond));
        consumer = Program.of("consumer", PointsProgram.class, "128m", consumerSettings());
    }

    /** Everything works when this returns. */
    static Everything open(int ordersPerSecond) {
        Application.unpackMeanwhile();
        var everything = new Everything(Servers.start(), ordersPerSecond);
        try {
            Stream.of(everything.services, everything.workers)
                    .flatMap(List::stream)
                    .forEach(Program::start);
            everything.services.forEach(Program::awaitReady);
            everything.register();
            everything.consumer.start();
            everything.producer.start();
            everything.programs().forEach(Program::awaitReady);
            return everything;
        } catch (RuntimeException | Error failed) {
            everything.close();
            throw failed;
        }
    }

    private static List<Program> two(Application application, String heap, Map<String, Object> settings) {
        return Stream.of(1, 2)
                .map(number -> application.program(" " + number, heap, settings))
                .toList();
    }

    private void register() {
        try (var shop = ReliableMessageClient.create(
                        ClientSettings.of(balancer.address(), TestApplication.SHOP.key()));
                var points = ReliableMessageClient.create(
                        ClientSettings.of(balancer.address(), TestApplication.POINTS.key()))) {
            shop.registerTopic(
                    TestEnvironment.NAME,
                    TopicRequest.builder()
                            .consumers(List.of(TestApplication.POINTS.application()))
                            .checkAfter(CHECK_AFTER)
                            .build());
            points.registerSubscription(
                    TestEnvironment.NAME,
                    SubscriptionRequest.builder(TestEnvironment.NAME)
                            .schedule(List.of(SCHEDULE))
                            .maxAttempts(MAX_ATTEMPTS)
                            .build());
        }
        servers.rabbitMq().writeDownQueues();
    }

    /** The waits of check-back are shorter than by default, so that they can be waited for. */
    private Map<String, Object> serviceSettings() {
        var settings = ServiceSettings.of(
                databaseOf(Owner.SERVICE), List.of(servers.rabbitMq()), TestEnvironment.QUEUE_PREFIX);
        settings.put("message-service.checkback.deadline", "2s");
        settings.put("message-service.checkback.lease", "4s");
        settings.put("message-service.checkback.max-interval", "8s");
        settings.put("message-service.checkback.max-back-off", "2s");
        settings.put("message-service.registry.allowed-addresses[0]", "127.0.0.1");
        settings.put("message-service.registry.secret-keys[0].id", "one");
        settings.put("message-service.registry.secret-keys[0].value", base64("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));
        return settings;
    }

    private Map<String, Object> workerSettings(String application) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put(application + ".service-url", balancer.address());
        settings.put(application + ".api-key", TestApplication.OPERATIONS.key());
        settings.put("status-checker.allowed-addresses[0]", "127.0.0.1");
        return settings;
    }

    private Map<String, Object> producerSettings(int ordersPerSecond) {
        var settings = OwnDatabase.settings(databaseOf(Owner.PRODUCER));
        settings.put("service", balancer.address());
        settings.put("key", TestApplication.SHOP.key());
        settings.put("secret", SECRET);
        settings.put("topic", TestEnvironment.NAME);
        settings.put("orders.per.second", ordersPerSecond);
        return settings;
    }

    private Map<String, Object> consumerSettings() {
        var settings = PointsProgram.settings(balancer.address(), servers.rabbitMq());
        settings.putAll(OwnDatabase.settings(databaseOf(Owner.CONSUMER)));
        return settings;
    }

    /** All processes that can be killed. */
    List<KilledProcess> processes() {
        var processes = new ArrayList<>(servers.processes());
        programs().map(KilledProcess::of).forEach(processes::add);
        return processes;
    }

    private Stream<Program> programs() {
        return Stream.of(services, workers, List.of(producer, consumer)).flatMap(List::stream);
    }

    public Program producer() {
        return producer;
    }

    public Database databaseOf(Owner owner) {
        return servers.databaseOf(owner);
    }

    /** Stops new orders and waits until the others are finished. */
    Duration settlesWithin(Duration limit) {
        await().atMost(limit)
                .until(() -> Http.post(producer.address().resolve("/close")).isPresent());
        var from = Instant.now();
        var ledger = new LedgerView(databaseOf(Owner.SERVICE));
        await().atMost(limit).pollInterval(Duration.ofMillis(200)).until(() -> ledger.open() == 0);
        return Duration.between(from, Instant.now());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Override
    public void close() {
        programs().forEach(Program::kill); // nothing of them is needed any more
        balancer.close();
        servers.close();
    }
}
