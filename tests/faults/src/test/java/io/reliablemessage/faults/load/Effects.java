package io.reliablemessage.faults.load;

import io.reliablemessage.faults.process.OwnDatabase;
import io.reliablemessage.testing.PostgresServer.Database;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The consumer's database with the effects of messages. Only the inbox keeps a second copy from having its effect
 * again.
 */
public final class Effects {

    private static final String TABLES = """
            CREATE TABLE IF NOT EXISTS inbox (message_id uuid PRIMARY KEY);
            CREATE TABLE IF NOT EXISTS effect (message_id uuid NOT NULL);
            """;

    private static final String APPLY = """
            WITH fresh AS (
                INSERT INTO inbox SELECT DISTINCT unnest(:ids::uuid[]) ON CONFLICT DO NOTHING RETURNING message_id
            )
            INSERT INTO effect SELECT message_id FROM fresh
            """;

    private final JdbcClient jdbc;

    private Effects(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql(TABLES).update();
    }

    public static Effects in(Database database) {
        return new Effects(OwnDatabase.view(database));
    }

    public static Effects in(DataSource database) {
        return new Effects(JdbcClient.create(database));
    }

    /** Applies what is new among these messages, in one transaction. */
    void apply(Collection<String> ids) {
        jdbc.sql(APPLY).param("ids", ids.toArray(String[]::new)).update();
    }

    /** The message of each effect. */
    public List<String> messages() {
        return jdbc.sql("SELECT message_id::text FROM effect")
                .query(String.class)
                .list();
    }
}
