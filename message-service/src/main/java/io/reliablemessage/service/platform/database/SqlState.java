package io.reliablemessage.service.platform.database;

import java.sql.SQLException;
import java.util.Objects;
import org.postgresql.util.PSQLException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * PostgreSQL's five-character error code; empty if there is none.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
 */
public record SqlState(String code) {

    private static final String CHECK_VIOLATION = "23514";

    /**
     * Finds the state in a failure's causes. A failed commit has none, whatever the driver reports: its outcome is
     * unknown.
     */
    public static SqlState of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommitFailed) {
                return new SqlState("");
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return new SqlState(sql.getSQLState());
            }
        }
        return new SqlState("");
    }

    /** Whether a row found no partition. That is a violated check, too, but of a table and no constraint. */
    public static boolean isNoPartition(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException sql && sql.getServerErrorMessage() != null) {
                return CHECK_VIOLATION.equals(sql.getSQLState())
                        && sql.getServerErrorMessage().getConstraint() == null
                        && sql.getServerErrorMessage().getTable() != null;
            }
        }
        return false;
    }

    /** 22 (data) and 23 (constraint): one of the rows is invalid, and fails however often it is tried. */
    public boolean blamesARequest() {
        return code.startsWith("22") || code.startsWith("23");
    }

    /** A serialization failure or a deadlock: certainly rolled back, and likely to pass when tried again. */
    public boolean isRolledBackByChance() {
        return code.equals("40001") || code.equals("40P01");
    }

    /** Another transaction held a lock for longer than {@code lock_timeout}: certainly nothing was done. */
    public boolean isLocked() {
        return code.equals("55P03");
    }

    /** Whether a transaction that ended in this failure may have been committed: its answer was lost, with the connection or in COMMIT. */
    public static boolean mayBeCommitted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommitFailed) {
                return true;
            }
            if (cause instanceof CannotGetJdbcConnectionException
                    || cause instanceof CannotCreateTransactionException) {
                return false; // it has not begun
            }
            if (cause instanceof SQLException sql) {
                var code = Objects.requireNonNullElse(sql.getSQLState(), "08");
                return code.startsWith("08") || code.startsWith("57P");
            }
        }
        return false;
    }

    /** 42: the statement itself is wrong. */
    public boolean blamesTheStatement() {
        return code.startsWith("42");
    }

    /** COMMIT was sent and failed; whether it took effect is not known. */
    public static final class CommitFailed extends RuntimeException {
        public CommitFailed(Throwable cause) {
            super("the outcome of a COMMIT is not known", cause);
        }
    }
}
