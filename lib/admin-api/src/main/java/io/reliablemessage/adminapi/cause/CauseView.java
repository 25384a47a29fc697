package io.reliablemessage.adminapi.cause;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.DeliveryState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why deliveries of a subscription die or are rejected: all those whose errors are alike.
 *
 * @param state what they have become: {@code DEAD} or {@code REJECTED}
 * @param fingerprint what their errors have in common: quoted text is left out, what has digits is a {@code #};
 *     empty: this one stands for all that the subscription met after too many different ones
 * @param sample the latest error
 * @param count how many stand dead or rejected now; a search by this cause finds their messages
 * @param resentBefore how many of these had been sent again by an operator already
 * @param firstAt when the first of all ended
 * @param lastAt when the latest of all ended
 * @param trend how many ended in each bucket of the window, the current one last, whatever became of them since
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

    /** What an operator has to say about it. */
    public record Note(String text, String actor, Instant at) {}
}
