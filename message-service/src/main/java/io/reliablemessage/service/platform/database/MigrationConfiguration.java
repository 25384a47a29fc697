package io.reliablemessage.service.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Migrates the schema over connections of its own, after the settings of the others were checked. */
@Configuration(proxyBeanMethods = false)
@NeedsDatabaseAtStartup
class MigrationConfiguration {

    @Bean
    FlywayConfigurationCustomizer migrationConnections(DataSource ledger, DatabaseProperties properties)
            throws SQLException {
        var connections = new MigrationDataSource(ledger.unwrap(HikariDataSource.class), properties.migrationTimeout());
        return configuration -> configuration.dataSource(connections);
    }

    @Bean
    FlywayMigrationStrategy migration(SessionCheck checked) {
        return Flyway::migrate;
    }
}
