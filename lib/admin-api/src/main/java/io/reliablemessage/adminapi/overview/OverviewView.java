package io.reliablemessage.adminapi.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.adminapi.message.SearchState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The overview of the service.
 *
 * @param at when the states, the suspects and the oldest were counted: at most about five seconds ago; all else is
 *     current
 * @param causes the number of causes with failures in the last hour
 * @param suspects half messages with too many check-backs, or undecided for too long; 10,000 means 10,000 or more
 * @param oldestUnacknowledgedAt since when the oldest open delivery could have been delivered; none: there is no open
 *     delivery
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OverviewView(
        Instant at,
        List<State> states,
        List<Part> parts,
        int causes,
        int suspects,
        @Nullable Instant oldestUnacknowledgedAt) {

    /**
     * The messages in one state.
     *
     * @param count messages, as a search for the state counts them
     * @param capped there may be more
     * @param perMinute how many entered it recently; none: not counted
     * @param oldestAt when the oldest in it was created or could be delivered; only for states that are not final
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record State(
            SearchState state,
            int count,
            boolean capped,
            @Nullable Double perMinute,
            @Nullable Instant oldestAt) {}

    /**
     * A component that the service depends on.
     *
     * @param name {@code database}, {@code broker}, {@code status-checker} or {@code recovery-job}
     * @param detail its problem
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Part(String name, boolean up, @Nullable String detail) {}
}
