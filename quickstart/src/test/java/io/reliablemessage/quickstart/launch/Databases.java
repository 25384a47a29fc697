package io.reliablemessage.quickstart.launch;

import io.reliablemessage.testing.PostgresServer.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A look into the ledger and into the databases of the shop's services. */
record Databases(JdbcClient ledger, JdbcClient orders, JdbcClient points, JdbcClient stock) {

    static Databases beside(Database ledger) {
        return of(ledger.url(), ledger.username(), ledger.password());
    }

    /** Of a quickstart that runs on its own PostgreSQL. */
    static Databases keptIn(Path data) {
        try {
            var postgres = data.resolve("postgres");
            var port = Files.readAllLines(postgres.resolve("cluster/postmaster.pid"))
                    .get(3)
                    .strip();
            return of(
                    "jdbc:postgresql://127.0.0.1:" + port + "/reliable_message",
                    "postgres",
                    Files.readString(postgres.resolve("password")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Databases of(String ledger, String username, String password) {
        return new Databases(
                connect(ledger, username, password),
                connect(ledger + "_shop_orders", username, password),
                connect(ledger + "_shop_points", username, password),
                connect(ledger + "_shop_stock", username, password));
    }

    private static JdbcClient connect(String url, String username, String password) {
        return JdbcClient.create(new DriverManagerDataSource(url, username, password));
    }
}
