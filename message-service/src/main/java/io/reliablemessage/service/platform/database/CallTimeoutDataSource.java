package io.reliablemessage.service.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out connections that wait for answers as long as the thread's {@link CallTimeout} allows, and that commit each
 * statement by itself: much of the ledger's SQL has no COMMIT of its own.
 */
class CallTimeoutDataSource extends DelegatingDataSource {

    CallTimeoutDataSource(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        try {
            if (!connection.getAutoCommit()) {
                throw new SQLException("the pool's connections do not commit by themselves");
            }
            CallTimeout.limit(connection);
            return connection;
        } catch (SQLException unusable) {
            connection.close();
            throw unusable;
        }
    }
}
