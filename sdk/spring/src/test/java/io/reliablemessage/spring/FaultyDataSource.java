package io.reliablemessage.spring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A pool whose next COMMIT, in the thread that asked for it, ends as COMMITs do when connections break. */
final class FaultyDataSource extends DelegatingDataSource {

    enum CommitFault {
        NONE,
        /** The database has committed; the answer is lost, and the connection with it. */
        REPLY_LOST,
        /** The database never got the COMMIT: it rolls back when it sees the connection end. */
        CUT,
        /** As {@link #REPLY_LOST}, but a rollback on the same connection succeeds afterwards, as pools may make it. */
        REPLY_LOST_ROLLBACK_WORKS
    }

    private final ThreadLocal<CommitFault> next = ThreadLocal.withInitial(() -> CommitFault.NONE);
    private final AtomicInteger hits = new AtomicInteger();

    FaultyDataSource(DataSource pool) {
        super(pool);
    }

    void failNextCommit(CommitFault how) {
        next.set(how);
    }

    int hits() {
        return hits.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        var real = super.getConnection();
        return next.get() == CommitFault.NONE ? real : faulty(real);
    }

    private Connection faulty(Connection real) {
        var how = next.get();
        next.remove();
        var broken = new boolean[1];
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && !broken[0]) {
                        hits.incrementAndGet();
                        broken[0] = how != CommitFault.REPLY_LOST_ROLLBACK_WORKS;
                        if (how == CommitFault.CUT) {
                            real.rollback();
                        } else {
                            real.commit();
                        }
                        throw new SQLException("connection lost during COMMIT", "08006");
                    }
                    if (broken[0] && method.getName().equals("rollback")) {
                        throw new SQLException("connection is closed", "08003");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
