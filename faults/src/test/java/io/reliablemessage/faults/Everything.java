package io.reliablemessage.faults;

import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.faults.Servers.Owner;
import io.reliablemessage.faults.shop.Shop;
import io.reliablemessage.testing.PostgresServer.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An installation of which every part is a process: two of each application behind one address, a producer, a consumer, each
 * with a PostgreSQL of its own, and a RabbitMQ.
 */
final class Everything implements AutoCloseable {

    private static final Duration CHECK_AFTER = Duration.ofSeconds(2);
    private static final Duration SCHEDULE = Duration.ofSeconds(3);
    private static final int MOST_ATTEMPTS = 1000; // to be dead is an end, too, but not the one that is wanted here

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
        workers.addAll(
                two(Application.STATUS_CHECKER, "64m", ServiceSettings.ofWorker("status-checker", balancer.address())));
        workers.addAll(
                two(Application.RECOVERY_JOB, "64m", ServiceSettings.ofWorker("recovery-job", balancer.address())));
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
        try (var shop = ReliableMessageClient.create(ClientSettings.of(balancer.address(), Party.SHOP.key()));
                var points = ReliableMessageClient.create(ClientSettings.of(balancer.address(), Party.POINTS.key()))) {
            shop.registerTopic(Scene.NAME, new TopicRequest(List.of(Party.POINTS.application()), CHECK_AFTER));
            points.registerSubscription(
                    Scene.NAME,
                    new SubscriptionRequest(Scene.NAME, null, List.of(SCHEDULE), MOST_ATTEMPTS, null, null));
        }
        servers.rabbitMq().writeDownQueues();
    }

    private Map<String, Object> serviceSettings() {
        var settings = ServiceSettings.of(databaseOf(Owner.SERVICE), servers.rabbitMq(), Scene.QUEUE_PREFIX);
        settings.putAll(
                ServiceSettings.checkbacks(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8)));
        return settings;
    }

    private Map<String, Object> producerSettings(int ordersPerSecond) {
        var settings = OwnDatabase.settings(databaseOf(Owner.PRODUCER));
        settings.put("service", balancer.address());
        settings.put("key", Party.SHOP.key());
        settings.put("secret", ServiceSettings.SECRET);
        settings.put("topic", Scene.NAME);
        settings.put("orders.per.second", ordersPerSecond);
        return settings;
    }

    private Map<String, Object> consumerSettings() {
        var settings = PointsProgram.settings(balancer.address(), servers.rabbitMq());
        settings.putAll(OwnDatabase.settings(databaseOf(Owner.CONSUMER)));
        return settings;
    }

    /** All that can be killed: all there is. */
    List<Victim> victims() {
        var victims = new ArrayList<>(servers.victims());
        programs().map(Victim::of).forEach(victims::add);
        return victims;
    }

    private Stream<Program> programs() {
        return Stream.of(services, workers, List.of(producer, consumer)).flatMap(List::stream);
    }

    Program producer() {
        return producer;
    }

    Database databaseOf(Owner owner) {
        return servers.databaseOf(owner);
    }

    /** Takes no more orders, and lets those that are there come to their end. */
    Duration settlesWithin(Duration limit) {
        await().atMost(limit)
                .until(() -> Http.post(producer.address().resolve("/close")).isPresent());
        var from = Instant.now();
        var ledger = new LedgerView(databaseOf(Owner.SERVICE));
        await().atMost(limit).pollInterval(Duration.ofMillis(200)).until(() -> ledger.open() == 0);
        return Duration.between(from, Instant.now());
    }

    @Override
    public void close() {
        programs().forEach(Program::kill); // nothing of them is needed any more
        balancer.close();
        servers.close();
    }
}
