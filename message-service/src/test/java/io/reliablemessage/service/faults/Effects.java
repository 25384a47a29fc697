package io.reliablemessage.service.faults;

import io.reliablemessage.testing.PostgresServer.Database;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The consumer's database: what messages did there. Nothing but the inbox keeps a second copy from doing it again. */
final class Effects {

    private static final String TABLES = """
            CREATE TABLE inbox (message_id uuid PRIMARY KEY);
            CREATE TABLE effect (message_id uuid NOT NULL);
            """;

    private static final String APPLY = """
            WITH fresh AS (
                INSERT INTO inbox SELECT DISTINCT unnest(:ids::uuid[]) ON CONFLICT DO NOTHING RETURNING message_id
            )
            INSERT INTO effect SELECT message_id FROM fresh
            """;

    private final JdbcClient jdbc;

    Effects(Database database) {
        jdbc = JdbcClient.create(new DriverManagerDataSource(database.url(), database.username(), database.password()));
        jdbc.sql(TABLES).update();
    }

    /** Applies what is new among these messages, in one transaction. */
    void apply(Collection<String> ids) {
        jdbc.sql(APPLY).param("ids", ids.toArray(String[]::new)).update();
    }

    /** The message of each effect. */
    List<String> messages() {
        return jdbc.sql("SELECT message_id::text FROM effect")
                .query(String.class)
                .list();
    }
}
