package io.reliablemessage.service.platform.problem;

import io.reliablemessage.service.platform.database.SqlState;
import io.reliablemessage.service.platform.database.SqlState.CommitFailed;
import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells a database that is away, busy or full from a statement that is wrong. */
final class LedgerFailure {

    private LedgerFailure() {}

    static boolean isNotOurs(Throwable failure) {
        var state = SqlState.of(failure);
        return state.code().isEmpty()
                ? isAboutConnectionsOrCommits(failure)
                : !state.blamesARequest() && !state.blamesTheStatement();
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
