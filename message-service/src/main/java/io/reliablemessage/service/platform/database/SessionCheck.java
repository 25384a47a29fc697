package io.reliablemessage.service.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Refuses connections with which a statement would not be committed, or would see another snapshot than the ledger's
 * SQL relies on.
 */
@Component
@NeedsDatabaseAtStartup
class SessionCheck implements InitializingBean {

    private static final String POOL = "spring.datasource.hikari.";
    private static final String READ_COMMITTED = "TRANSACTION_READ_COMMITTED";

    private final DataSource dataSource;

    SessionCheck(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void afterPropertiesSet() throws SQLException {
        checkPool(dataSource.unwrap(HikariDataSource.class));
        try (var connection = dataSource.getConnection()) {
            checkDatabase(connection);
        }
    }

    private static void checkPool(HikariDataSource pool) {
        if (!pool.isAutoCommit()) {
            throw unsafe("auto-commit", "false", "nothing would be committed", "true");
        }
        if (pool.isReadOnly()) {
            throw unsafe("read-only", "true", "nothing could be stored", "false");
        }
        var isolation = pool.getTransactionIsolation();
        if (isolation != null && !isolation.equals(READ_COMMITTED)) {
            throw unsafe("transaction-isolation", isolation, "races would be decided otherwise", READ_COMMITTED);
        }
    }

    private static void checkDatabase(Connection connection) throws SQLException {
        if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            throw unsafe("default_transaction_isolation", "read committed");
        }
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new UnsafeSetting(
                        "The database is a standby, which stores nothing.",
                        "Give spring.datasource.url the primary's address, or several with targetServerType=primary.");
            }
            if (row.getString(2).equals("on")) {
                throw unsafe("default_transaction_read_only", "off");
            }
        }
    }

    private static UnsafeSetting unsafe(String setting, String value, String consequence, String safe) {
        return new UnsafeSetting(
                "The pool has %s=%s; %s.".formatted(setting, value, consequence),
                "Remove %s%s, or set it to %s.".formatted(POOL, setting, safe));
    }

    private static UnsafeSetting unsafe(String setting, String safe) {
        return new UnsafeSetting(
                "PostgreSQL does not run this service's transactions with %s=%s.".formatted(setting, safe),
                "Set %s to %s in postgresql.conf (or remove it from the role or database) and restart the service."
                        .formatted(setting, safe));
    }
}
