package io.reliablemessage.spring;

/** What happens to a transaction whose half messages the service could not store before the commit. */
public enum Fallback {
    /** The commit fails with a {@link NotPreparedException}, and everything rolls back. */
    NONE,
    /** The transaction commits; the messages wait in their rows and are sent later. */
    OUTBOX
}
