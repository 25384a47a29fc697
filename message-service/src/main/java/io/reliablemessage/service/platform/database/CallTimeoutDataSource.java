package io.reliablemessage.service.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Hands out connections that wait for answers as long as the thread's {@link CallTimeout} says. */
class CallTimeoutDataSource extends DelegatingDataSource {

    CallTimeoutDataSource(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        var timeout = CallTimeout.ofThisThread();
        if (timeout.isPresent()) {
            limit(connection, (int) timeout.get().toMillis());
        }
        return connection;
    }

    /** A field of the socket, no round trip; the pool takes it back with the connection. */
    private static void limit(Connection connection, int millis) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, millis);
        } catch (SQLException broken) {
            connection.close();
            throw broken;
        }
    }
}
