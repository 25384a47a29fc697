package io.reliablemessage.adminapi.cause;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.DeliveryState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cause of failure: a subscription's dead or rejected deliveries with similar errors.
 *
 * @param state the state of these deliveries: {@code DEAD} or {@code REJECTED}
 * @param fingerprint the common part of their errors: without quoted text, and with {@code #} for words with digits;
 *     empty: this one stands for all errors after the subscription's limit of causes
 * @param sample the latest error
 * @param count how many are dead or rejected now; a search by this cause finds their messages
 * @param resentBefore how many of these an operator had already resent
 * @param firstAt the time of the first failure
 * @param lastAt the time of the latest failure
 * @param trend the failures in each bucket of the window, the current one last, whatever happened to the deliveries
 *     since
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CauseView(
        String id,
        CauseKind kind,
        DeliveryState state,
        String topic,
        String subscription,
        String fingerprint,
        String sample,
        int count,
        int resentBefore,
        Instant firstAt,
        Instant lastAt,
        List<Integer> trend,
        @Nullable Note note) {

    /** An operator's note. */
    public record Note(String text, String actor, Instant at) {}
}
