package io.reliablemessage.client;

/** No message with this id is the caller's, or none any more. Final: for an ack there is nothing left to do. */
public final class MessageNotFoundException extends MessageProblemException {

    MessageNotFoundException(String call, Problem problem) {
        super(call, problem, null);
    }
}
