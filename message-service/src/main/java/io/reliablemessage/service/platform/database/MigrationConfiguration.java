package io.reliablemessage.service.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
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
        return MigrationConfiguration::migrate;
    }

    /** Flyway would advise to adopt foreign tables, and the ledger would be missing. */
    private static void migrate(Flyway flyway) {
        try {
            flyway.migrate();
        } catch (FlywayException failed) {
            if (failed.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                throw new UnsafeSetting(
                        "The schema of the ledger has tables that are not this service's.",
                        "Give the service a database or a schema of its own (?currentSchema=… in"
                                + " spring.datasource.url), or move these tables away.");
            }
            throw failed;
        }
    }
}
