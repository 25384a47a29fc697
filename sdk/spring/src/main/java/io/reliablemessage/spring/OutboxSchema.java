package io.reliablemessage.spring;

import io.reliablemessage.spring.internal.store.SchemaInstallation;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Creates the tables that {@code ReliableMessages} and {@code MessageConsumer} write to, for applications that do not run
 * the SQL file (beside this class, one for each database) as a migration of their own.
 */
public final class OutboxSchema {

    private OutboxSchema() {}

    /**
     * Creates what is missing; never alters or drops anything. May run on several replicas at a time.
     *
     * @param prefix of the tables' names, such as {@code rm_}; may begin with a schema, as in {@code app.rm_}
     * @throws SQLException the database does not answer, or refuses
     * @throws IllegalStateException names a database, or a storage engine, that cannot hold the tables
     */
    public static void createIfMissing(DataSource dataSource, String prefix) throws SQLException {
        SchemaInstallation.run(dataSource, new TableNames(prefix));
    }
}
