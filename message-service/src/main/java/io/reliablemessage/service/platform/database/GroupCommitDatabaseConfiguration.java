package io.reliablemessage.service.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Group commit's connections to the ledger. They are few and only its own, so that slow jobs and searches cannot use
 * them up; and its sessions end soon when nobody waits for them any more.
 */
@Configuration(proxyBeanMethods = false)
class GroupCommitDatabaseConfiguration {

    @Bean(defaultCandidate = false)
    @OfGroupCommit
    DataSource groupCommitDataSource(DataSource ledger, DatabaseProperties properties) throws SQLException {
        var settings = ledger.unwrap(HikariDataSource.class);
        var pool = new HikariDataSource();
        settings.copyStateTo(pool);
        pool.setUsername(settings.getUsername());
        pool.setPassword(settings.getPassword());
        pool.setAutoCommit(true);
        pool.setReadOnly(false);
        pool.setTransactionIsolation(null);
        pool.setPoolName("group-commit");
        pool.setMaximumPoolSize(properties.groupCommitConnections());
        pool.setMinimumIdle(Math.min(2, properties.groupCommitConnections()));
        pool.setConnectionInitSql(sessionSettings(
                settings.getConnectionInitSql(), properties.boundedLockTimeout(), properties.maxStatement()));
        return pool;
    }

    // The transaction that a silent client has left open holds its locks; the statement that nobody waits for does,
    // too.
    private static String sessionSettings(@Nullable String general, Duration lockTimeout, Duration maxStatement) {
        return """
                %s; SET lock_timeout = %d; SET statement_timeout = %d; SET idle_in_transaction_session_timeout = '10s'""".formatted(general == null ? "" : general, lockTimeout.toMillis(), maxStatement.toMillis());
    }

    @Bean(defaultCandidate = false)
    @OfGroupCommit
    JdbcClient groupCommitJdbcClient(@OfGroupCommit DataSource dataSource) {
        return JdbcClient.create(new CallTimeoutJdbcTemplate(dataSource));
    }

    @Bean(defaultCandidate = false)
    @OfGroupCommit
    LedgerTransactions groupCommitTransactions(@OfGroupCommit DataSource dataSource) {
        return new LedgerTransactions(dataSource);
    }
}
