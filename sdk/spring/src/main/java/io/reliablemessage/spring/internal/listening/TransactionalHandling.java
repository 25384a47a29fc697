package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.spring.BusinessRejection;
import io.reliablemessage.spring.MessageHandler;
import io.reliablemessage.spring.MessageHead;
import io.reliablemessage.spring.internal.inbox.Inbox;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls a handler in a transaction with the message's inbox row, and finds out how it ended. */
final class TransactionalHandling {

    private static final int MAX_CAUSES = 50; // causes may form a circle

    private final TransactionTemplate transaction;
    private final Inbox inbox;

    TransactionalHandling(PlatformTransactionManager transactions, Inbox inbox) {
        this.transaction = new TransactionTemplate(transactions);
        this.inbox = inbox;
    }

    /** Never throws. */
    Outcome handle(UUID id, byte[] payload, MessageHead head, MessageHandler handler) {
        var attempt = new Attempt();
        try {
            transaction.executeWithoutResult(status -> {
                TransactionSynchronizationManager.registerSynchronization(attempt);
                if (inbox.isFirst(id, head.subscription())) {
                    attempt.call(() -> handler.handle(payload, head));
                } else {
                    attempt.isDuplicate = true;
                }
            });
            return attempt.returned();
        } catch (Throwable e) {
            return attempt.thrown(e);
        }
    }

    /** Checks that effects and inbox would share a transaction. */
    void check() {
        transaction.executeWithoutResult(status -> inbox.check());
    }

    private interface Call {
        void run() throws Exception;
    }

    /** One transaction, seen by itself and from outside. Used by one thread. */
    private static final class Attempt implements TransactionSynchronization {

        private boolean isDuplicate;
        private int completion = STATUS_UNKNOWN;
        private @Nullable Throwable failure;
        private @Nullable Throwable thrown;

        void call(Call call) {
            try {
                call.run();
            } catch (RuntimeException | Error e) {
                failure = e;
                thrown = e;
                throw e;
            } catch (Exception e) {
                var wrapped = new IllegalStateException("The handler failed", e);
                failure = e;
                thrown = wrapped;
                throw wrapped;
            }
        }

        @Override
        public void afterCompletion(int status) {
            completion = status;
        }

        /** Also of a transaction that was marked for rollback, silently. */
        Outcome returned() {
            if (completion != STATUS_COMMITTED) {
                return new Outcome.Failed(
                        new IllegalStateException("The handler returned, but its transaction was not committed"));
            }
            return isDuplicate ? new Outcome.Duplicate() : new Outcome.Handled();
        }

        /**
         * Only what the handler itself threw says why, and only if the rollback threw nothing else. Anything thrown by the
         * commit, or after it, leaves open what the database did.
         */
        @SuppressWarnings("ReferenceEquality") // the same exception, or another one
        Outcome thrown(Throwable e) {
            if (failure == null || e != thrown) {
                return new Outcome.Failed(e);
            }
            Throwable cause = failure;
            for (var i = 0; cause != null && i < MAX_CAUSES; i++) {
                if (cause instanceof BusinessRejection rejection) {
                    return new Outcome.Rejected(rejection.code(), String.valueOf(rejection.getMessage()));
                }
                if (cause instanceof UnreadablePayloadException unreadable) {
                    return new Outcome.Rejected(
                            UnreadablePayloadException.CODE, String.valueOf(unreadable.getMessage()));
                }
                cause = cause.getCause();
            }
            return new Outcome.Failed(failure);
        }
    }
}
