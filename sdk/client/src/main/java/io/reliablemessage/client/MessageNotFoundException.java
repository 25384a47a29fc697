package io.reliablemessage.client;

import io.reliablemessage.client.internal.Problem;

/** No message with this id is the caller's, or none any more. Final: for an ack there is nothing left to do. */
public final class MessageNotFoundException extends MessageProblemException {

    public MessageNotFoundException(String call, Problem problem) {
        super(call, problem, null);
    }
}
