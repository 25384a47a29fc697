package io.reliablemessage.spring;

import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Business transactions per second without and with a message, in turn, against a running service. Run by hand: {@code java
 * … ProducerBenchmark <url of the service> <API key of my-app>}, on a machine with nothing else to do.
 */
final class ProducerBenchmark {

    private static final int THREADS = 64;
    private static final int ROUNDS = 3;
    private static final Duration WINDOW = Duration.ofSeconds(8);
    private static final String TOPIC = "benchmark.placed";

    private ProducerBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException {
        var config = TestDatabase.pool(TestPostgres.newDurableDatabase());
        config.setMaximumPoolSize(THREADS);
        try (var pool = new HikariDataSource(config);
                var client = ReliableMessageClient.create(ClientSettings.of(URI.create(arguments[0]), arguments[1]))) {
            client.registerTopic(
                    TOPIC, TopicRequest.builder().consumers(List.of("my-app")).build());
            client.registerSubscription(
                    "my-app.benchmark", SubscriptionRequest.builder(TOPIC).build());
            OutboxSchema.createIfMissing(pool, "rm_");
            var jdbc = new JdbcTemplate(pool);
            jdbc.execute("CREATE TABLE orders (number VARCHAR(100) PRIMARY KEY)");
            var transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
            try (var producer = MessageProducer.builder(client).dataSource(pool).start()) {
                run(transaction, jdbc, producer.messages());
                System.out.println("left to settle: "
                        + jdbc.queryForObject("SELECT COUNT(*) FROM rm_outbox WHERE state = 'WAITING'", Long.class));
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(TransactionTemplate transaction, JdbcTemplate jdbc, ReliableMessages messages)
            throws InterruptedException {
        var numbers = new AtomicLong();
        var payload = Map.of("order", "A-1", "note", "x".repeat(450));
        Runnable bare = () -> transaction.executeWithoutResult(tx -> save(jdbc, numbers));
        Runnable half =
                () -> transaction.executeWithoutResult(tx -> messages.send(TOPIC, save(jdbc, numbers), payload));
        Runnable outbox = () -> transaction.executeWithoutResult(tx -> messages.to(TOPIC)
                .key(save(jdbc, numbers))
                .mode(SendMode.OUTBOX)
                .send(payload));
        for (var round = 0; round <= ROUNDS; round++) {
            var line = "bare %6.0f/s  half %s  outbox %s"
                    .formatted(rate(bare), withDrain(half, jdbc), withDrain(outbox, jdbc));
            System.out.println((round == 0 ? "warm-up " : "round " + round + " ") + line);
        }
    }

    /** Transactions per second, and messages per second until the service has all of them. */
    private static String withDrain(Runnable work, JdbcTemplate jdbc) throws InterruptedException {
        var start = System.nanoTime();
        var rate = rate(work);
        var messages = rate * (System.nanoTime() - start) / 1e9;
        while (waiting(jdbc) > 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return "%6.0f/s (settled %6.0f/s)".formatted(rate, messages * 1e9 / (System.nanoTime() - start));
    }

    private static long waiting(JdbcTemplate jdbc) {
        var count = jdbc.queryForObject("SELECT COUNT(*) FROM rm_outbox WHERE state = 'WAITING'", Long.class);
        return count == null ? 0 : count;
    }

    private static String save(JdbcTemplate jdbc, AtomicLong numbers) {
        var number = "A-" + numbers.incrementAndGet();
        jdbc.update("INSERT INTO orders (number) VALUES (?)", number);
        return number;
    }

    private static double rate(Runnable work) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(THREADS);
        var isOver = new AtomicBoolean();
        var done = new AtomicLong();
        var failures = new ArrayList<Throwable>();
        var start = System.nanoTime();
        for (var i = 0; i < THREADS; i++) {
            threads.execute(() -> {
                while (!isOver.get()) {
                    try {
                        work.run();
                        done.incrementAndGet();
                    } catch (RuntimeException e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                }
            });
        }
        TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
        isOver.set(true);
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a transaction does not end");
        }
        if (!failures.isEmpty()) {
            System.out.println(failures.size() + " failed, the first with " + failures.get(0));
        }
        return done.get() * 1e9 / (System.nanoTime() - start);
    }
}
