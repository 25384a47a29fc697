package io.reliablemessage.spring;

import org.jspecify.annotations.Nullable;

/** The service did not store a half message before the commit, so the transaction is rolled back. */
public final class NotPreparedException extends RuntimeException {

    public NotPreparedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
