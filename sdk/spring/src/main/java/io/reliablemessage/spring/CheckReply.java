package io.reliablemessage.spring;

import java.util.Map;

/** What a web framework sends back for a check-back. */
@SuppressWarnings("ArrayRecordComponent") // goes straight into a response
public record CheckReply(int status, Map<String, String> headers, byte[] body) {

    static CheckReply empty(int status) {
        return new CheckReply(status, Map.of(), new byte[0]);
    }
}
