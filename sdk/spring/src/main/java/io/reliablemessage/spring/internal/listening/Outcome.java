package io.reliablemessage.spring.internal.listening;

/** How the handling of a message ended, as far as it is certain. */
sealed interface Outcome {

    /** The transaction is committed. */
    record Handled() implements Outcome {}

    /** Another transaction had handled it; the handler was not called. */
    record Duplicate() implements Outcome {}

    /** Rolled back, and never to be tried again. */
    record Rejected(String code, String reason) implements Outcome {}

    /** Rolled back, or nobody knows: the message has to come again, and the inbox decides. */
    record Failed(Throwable cause) implements Outcome {}
}
