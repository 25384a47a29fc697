package io.reliablemessage.service.platform.problem;

import io.reliablemessage.service.platform.database.SqlState;
import io.reliablemessage.service.platform.database.SqlState.CommitFailed;
import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/** Distinguishes a database that is unavailable, busy or full from a wrong statement. */
final class DatabaseFailure {

    private DatabaseFailure() {}

    static boolean isNotOurs(Throwable failure) {
        var state = SqlState.of(failure);
        return state.code().isEmpty()
                ? isAboutConnectionsOrCommits(failure)
                : SqlState.isNoPartition(failure) || !state.blamesARequest() && !state.blamesTheStatement();
    }

    static boolean isOfTheDatabase(Throwable failure) {
        return !SqlState.of(failure).code().isEmpty() || isAboutConnectionsOrCommits(failure);
    }

    /** Nothing was sent, at least not by the statement that failed. */
    static boolean isNoConnection(Throwable failure) {
        return failure instanceof CannotGetJdbcConnectionException
                || failure instanceof CannotCreateTransactionException;
    }

    private static boolean isAboutConnectionsOrCommits(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommitFailed
                    || cause instanceof TransactionException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }
}
