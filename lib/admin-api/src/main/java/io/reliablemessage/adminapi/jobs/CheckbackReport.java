package io.reliablemessage.adminapi.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a worker saw when it sent a request. What it means is the service's business.
 *
 * @param lease which request
 * @param status of the HTTP answer; absent when there was a failure
 * @param body of the answer, base64, at most 64 KiB of bytes
 * @param failure absent when an answer came
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record CheckbackReport(
        String lease,
        @Nullable Integer status,
        byte @Nullable [] body,
        @Nullable CheckbackFailure failure) {

    /** More than that is no answer. */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    public static CheckbackReport answered(String lease, int status, byte[] body) {
        return new CheckbackReport(lease, status, body, null);
    }

    public static CheckbackReport failed(String lease, CheckbackFailure failure) {
        return new CheckbackReport(lease, null, null, failure);
    }
}
