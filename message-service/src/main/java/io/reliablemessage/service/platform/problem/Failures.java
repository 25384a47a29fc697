package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.INTERNAL_ERROR;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.service.platform.database.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns unexpected exceptions into problem responses and logs the full cause once. */
public final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** Whether the database, or the way to it, failed; otherwise our own code did. */
    public static boolean isOfTheDatabase(Throwable failure) {
        return DatabaseFailure.isOfTheDatabase(failure);
    }

    public static Problem explain(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (DatabaseFailure.isNoConnection(failure)) {
            log.atWarn().setCause(failure).log("no connection to the ledger, calls are answered 503");
            return new Problem(
                    UNAVAILABLE,
                    "No connection to the database could be had in time. Repeat the call a little later.",
                    failure);
        }
        if (SqlState.of(failure).isLocked()) {
            log.atDebug().setCause(failure).log("a lock was not to be had, a call is answered 503");
            return new Problem(
                    UNAVAILABLE,
                    "Another transaction has locked it for too long; nothing was done. Repeat the call later.",
                    failure);
        }
        if (DatabaseFailure.isNotOurs(failure)) {
            log.atWarn().setCause(failure).log("ledger unavailable, calls are answered 503");
            // The failure came before, during or after the commit. The caller cannot know which, and need not:
            // every call is safe to repeat.
            return new Problem(
                    UNAVAILABLE,
                    "The database did not answer as it should; whether the call took effect is not known. Repeat it.",
                    failure);
        }
        log.atError().setCause(failure).log("call failed unexpectedly");
        return new Problem(
                INTERNAL_ERROR, "The service failed in a way it did not foresee; its log says how.", failure);
    }
}
