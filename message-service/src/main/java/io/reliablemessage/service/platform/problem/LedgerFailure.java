package io.reliablemessage.service.platform.problem;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** Tells a database that is away, busy or full from a statement that is wrong. */
final class LedgerFailure {

    private LedgerFailure() {}

    /** SQLSTATE 22 (data), 23 (constraint) and 42 (statement) come back however often the call is repeated. */
    static boolean isOurFault(Throwable failure) {
        var state = sqlState(NestedExceptionUtils.getMostSpecificCause(failure));
        return state == null
                ? !hasSqlCause(failure) && !isAboutConnectionsOrCommits(failure)
                : state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
    }

    private static boolean isAboutConnectionsOrCommits(Throwable failure) {
        return failure instanceof org.springframework.transaction.TransactionException
                || failure instanceof org.springframework.dao.DataAccessResourceFailureException
                || failure instanceof org.springframework.dao.TransientDataAccessException;
    }

    private static boolean hasSqlCause(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String sqlState(Throwable cause) {
        return cause instanceof SQLException sql ? sql.getSQLState() : null;
    }
}
