package io.reliablemessage.spring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** The kinds of databases that the tests run on; one server of each for the whole JVM, started at its first use. */
public enum TestDatabase {
    POSTGRESQL {
        @Override
        Address newAddress() {
            return TestPostgres.newDatabase();
        }

        @Override
        long serverPid() {
            return TestPostgres.pid();
        }
    },
    /** Aborts the test where no MariaDB is installed, unless {@code TEST_REQUIRE_MARIADB} is true. */
    MARIADB {
        @Override
        Address newAddress() {
            return TestMariaDb.server().newDatabase();
        }

        @Override
        long serverPid() {
            return TestMariaDb.server().pid();
        }
    },
    H2 {
        @Override
        Address newAddress() {
            return new Address("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()), "sa", "");
        }

        @Override
        long serverPid() {
            throw new UnsupportedOperationException("H2 runs in this JVM");
        }
    };

    private static final int POOL_SIZE = 8;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

    abstract Address newAddress();

    abstract long serverPid();

    /** How to connect to one database, as its owner. */
    public record Address(String url, String username, String password) {}

    /** A pool on a database of its own, with the tables. */
    public HikariDataSource newDatabase() {
        var dataSource = newEmptyDatabase();
        try {
            OutboxSchema.createIfMissing(dataSource, "rm_");
            return dataSource;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A pool on a database of its own, without tables. */
    public HikariDataSource newEmptyDatabase() {
        return new HikariDataSource(pool(newAddress()));
    }

    /** Settings of a small pool, for tests that need other ones. */
    public static HikariConfig pool(Address address) {
        var config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.username());
        config.setPassword(address.password());
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        return config;
    }

    /** Settings for another pool on the database of this one. */
    public static HikariConfig poolLike(HikariDataSource other) {
        return pool(new Address(other.getJdbcUrl(), other.getUsername(), other.getPassword()));
    }

    /** Stops all processes of the server, which leaves connections open and unanswered, until this is closed. */
    public FrozenServer freeze() {
        return FrozenServer.of(serverPid());
    }

    static void run(Address address, String sql) {
        try (var connection = DriverManager.getConnection(address.url(), address.username(), address.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
