package io.reliablemessage.service.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares the connections of all replicas with those that the database has. */
@Component
@NeedsDatabaseAtStartup
class ConnectionCheck implements InitializingBean {

    private static final Logger log = LoggerFactory.getLogger(ConnectionCheck.class);

    // reserved_connections came with PostgreSQL 16
    private static final String USABLE = """
            SELECT current_setting('max_connections')::integer
                   - current_setting('superuser_reserved_connections')::integer
                   - COALESCE(current_setting('reserved_connections', true), '0')::integer
            """;

    private final JdbcClient jdbc;
    private final DataSource general;
    private final DatabaseProperties properties;

    ConnectionCheck(JdbcClient jdbc, DataSource general, DatabaseProperties properties) {
        this.jdbc = jdbc;
        this.general = general;
        this.properties = properties;
    }

    @Override
    public void afterPropertiesSet() throws SQLException {
        var pool = general.unwrap(HikariDataSource.class).getMaximumPoolSize();
        var own = pool + properties.groupCommitConnections();
        var usable = jdbc.sql(USABLE).query(Integer.class).single();
        if (own > usable) {
            throw new UnsafeSetting(
                    ("The service may open %d connections (spring.datasource.hikari.maximum-pool-size=%d and"
                                    + " message-service.database.group-commit-connections=%d), PostgreSQL has %d for it.")
                            .formatted(own, pool, properties.groupCommitConnections(), usable),
                    "Raise max_connections in postgresql.conf, or lower one of the two.");
        }
        var ofAll = own * (properties.replicas() + 1); // one more during an update
        if (ofAll > usable) {
            log.atWarn()
                    .addKeyValue("connections", ofAll)
                    .addKeyValue("replicas", properties.replicas())
                    .addKeyValue("usable", usable)
                    .log("PostgreSQL has too few connections for all replicas during an update, raise max_connections");
        }
    }
}
