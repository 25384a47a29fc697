package io.reliablemessage.spring;

import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application in a process of its own that places orders as fast as it can, until it is killed. */
final class KilledProducer {

    private static final int THREADS = 8;

    private KilledProducer() {}

    /** @param arguments of the database: URL, user, password; of the service: URL, key; a prefix of the orders' numbers */
    public static void main(String[] arguments) throws InterruptedException {
        var pool = new HikariDataSource(
                TestDatabase.pool(new TestDatabase.Address(arguments[0], arguments[1], arguments[2])));
        var client = ReliableMessageClient.create(ClientSettings.of(URI.create(arguments[3]), arguments[4]));
        var producer = MessageProducer.builder(client)
                .dataSource(pool)
                .settings(ProducerSettings.DEFAULT.withCheckSecrets(List.of(ProducerRig.SECRET)))
                .start();
        var transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
        var jdbc = new JdbcTemplate(pool);
        var numbers = new AtomicLong();
        var placed = new AtomicLong();
        for (var i = 0; i < THREADS; i++) {
            new Thread(() -> {
                        while (true) {
                            var number = arguments[5] + "-" + numbers.incrementAndGet();
                            transaction.executeWithoutResult(tx -> {
                                jdbc.update("INSERT INTO orders (number) VALUES (?)", number);
                                producer.messages().send(ProducerRig.TOPIC, number, Map.of("order", number));
                            });
                            if (placed.incrementAndGet() == 1) {
                                System.out.println("placed");
                            }
                        }
                    })
                    .start();
        }
        Thread.currentThread().join();
    }
}
