package io.reliablemessage.adminapi.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a leased request. The service decides what it means.
 *
 * @param lease which request
 * @param status of the HTTP answer; absent after a failure
 * @param signature of the answer: its headers webhook-id, webhook-timestamp and webhook-signature, as far as it has them
 * @param body of the answer, base64, at most 64 KiB of bytes
 * @param failure absent after an answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record CheckbackReport(
        String lease,
        @Nullable Integer status,
        @Nullable Map<String, String> signature,
        byte @Nullable [] body,
        @Nullable CheckbackFailure failure) {

    /** A larger body is no answer. */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    public static CheckbackReport answered(String lease, int status, Map<String, String> signature, byte[] body) {
        return new CheckbackReport(lease, status, signature, body, null);
    }

    public static CheckbackReport failed(String lease, CheckbackFailure failure) {
        return new CheckbackReport(lease, null, null, null, failure);
    }
}
