package io.reliablemessage.service.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Migrates the schema over a connection of its own, after the settings of the other connections were checked. */
@Configuration(proxyBeanMethods = false)
@NeedsDatabaseAtStartup
class MigrationConfiguration {

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrationDataSource(DataSource ledger, DatabaseProperties properties) throws SQLException {
        return new MigrationDataSource(ledger.unwrap(HikariDataSource.class), properties.migrationTimeout());
    }

    @Bean
    FlywayMigrationStrategy migration(SessionCheck checked) {
        return Flyway::migrate;
    }
}
