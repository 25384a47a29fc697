package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.INTERNAL_ERROR;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says unforeseen failures as problems, and the whole truth to the log, once. */
public final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    public static Problem explain(Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case Throwable unreached
            when LedgerFailure.isNoConnection(unreached) -> {
                log.atWarn()
                        .setCause(unreached)
                        .log("no connection to the ledger, callers are told to repeat the call");
                yield new Problem(
                        UNAVAILABLE,
                        "No connection to the database could be had in time. Repeat the call a little later.",
                        unreached);
            }
            case Throwable away
            when LedgerFailure.isNotOurs(away) -> {
                log.atWarn().setCause(away).log("ledger unavailable, callers are told to repeat the call");
                // Before, during or after its commit: the caller cannot know and need not, because every call is safe
                // to repeat.
                yield new Problem(
                        UNAVAILABLE,
                        "The database did not answer as it should; whether the call took effect is not known. Repeat it.",
                        away);
            }
            default -> {
                log.atError().setCause(failure).log("call failed unexpectedly");
                yield new Problem(
                        INTERNAL_ERROR, "The service failed in a way it did not foresee; its log says how.", failure);
            }
        };
    }
}
