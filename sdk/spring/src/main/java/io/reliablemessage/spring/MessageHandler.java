package io.reliablemessage.spring;

/** Handles the messages of a subscription, each in a transaction: what {@link ReliableListener} says of methods. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles a message in the current transaction.
     *
     * @param payload the bytes that the producer sent
     */
    void handle(byte[] payload, MessageHead head) throws Exception;
}
