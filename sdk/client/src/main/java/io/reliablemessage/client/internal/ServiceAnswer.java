package io.reliablemessage.client.internal;

import java.net.http.HttpHeaders;

/** What came back, whole. */
@SuppressWarnings("ArrayRecordComponent") // lives for one call
record ServiceAnswer(int status, HttpHeaders headers, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isJson() {
        return headers.firstValue("Content-Type").orElse("").contains("json");
    }
}
