package io.reliablemessage.spring.internal.listening;

/** Something else than the service has put a message into the queue of a subscription. */
final class ForeignMessageException extends Exception {

    ForeignMessageException(String reason) {
        super(reason);
    }
}
