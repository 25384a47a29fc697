package io.reliablemessage.service.platform.database;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Runs what follows a commit. What took effect stays a success, whatever fails afterwards. */
public final class AfterCommit {

    private static final Logger log = LoggerFactory.getLogger(AfterCommit.class);

    private AfterCommit() {}

    public static void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error failure) {
            log.atError().setCause(failure).log("a step after a commit failed, the commit stands");
        }
    }

    /**
     * Goes on after a statement that has committed by itself.
     *
     * @param isChanged whether that statement changed anything; if not, or in a transaction, a failure undoes nothing
     *     that has been committed, and is thrown
     * @return null if it failed
     */
    public static <T> @Nullable T goOn(boolean isChanged, Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException failure) {
            if (!isChanged || TransactionSynchronizationManager.isActualTransactionActive()) {
                throw failure;
            }
            log.atWarn()
                    .setCause(failure)
                    .log("the rest of a batch failed after a commit, it is tried again by itself");
            return null;
        }
    }
}
