package io.reliablemessage.service.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Connections for migrations: the pool's, but an answer may take longer than any call or job would wait. */
class MigrationDataSource extends DriverManagerDataSource {

    MigrationDataSource(HikariDataSource pool, Duration timeout) {
        super(pool.getJdbcUrl());
        setUsername(pool.getUsername());
        setPassword(pool.getPassword());
        var driver = new Properties();
        driver.putAll(pool.getDataSourceProperties());
        PGProperty.SOCKET_TIMEOUT.set(driver, Long.toString(timeout.toSeconds()));
        setConnectionProperties(asText(driver));
    }

    private static Properties asText(Properties properties) {
        var text = new Properties();
        properties.forEach((name, value) -> text.setProperty(name.toString(), value.toString()));
        return text;
    }
}
