package io.reliablemessage.client;

import io.reliablemessage.client.internal.Problem;

/** The caller has no message with this id, or no longer. Final: for an ack there is nothing left to do. */
public final class MessageNotFoundException extends MessageProblemException {

    public MessageNotFoundException(String call, Problem problem) {
        super(call, problem, null);
    }
}
