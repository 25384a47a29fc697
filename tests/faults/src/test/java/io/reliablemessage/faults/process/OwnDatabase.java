package io.reliablemessage.faults.process;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.testing.PostgresServer.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Connects a program to its own database, which may be down for a while. */
public final class OwnDatabase {

    private static final int CONNECTION_MILLIS = 2_000;
    private static final int VALIDATION_MILLIS = 1_000;

    private OwnDatabase() {}

    public static Map<String, Object> settings(Database database) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("database.url", database.url());
        settings.put("database.username", database.username());
        settings.put("database.password", database.password());
        return settings;
    }

    /** A pool that does not need the database to be there. */
    public static DataSource of(ProgramSettings settings, int connections) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(settings.text("database.url"));
        pool.setUsername(settings.text("database.username"));
        pool.setPassword(settings.text("database.password"));
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(CONNECTION_MILLIS);
        pool.setValidationTimeout(VALIDATION_MILLIS);
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("connectTimeout", "2"); // seconds
        pool.addDataSourceProperty("socketTimeout", "15"); // seconds
        return new HikariDataSource(pool);
    }

    /** For a look now and then, a connection each. */
    public static JdbcClient view(Database database) {
        return JdbcClient.create(new DriverManagerDataSource(database.url(), database.username(), database.password()));
    }
}
