package io.reliablemessage.adminapi.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.adminapi.message.SearchState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things stand.
 *
 * @param at when the messages in the states, the suspects and the oldest were counted: about five seconds ago at
 *     most; all else is of now
 * @param causes how many causes deliveries died or were rejected of in the last hour
 * @param suspects half messages asked about too often, or undecided for too long; 10,000: so many, or more
 * @param oldestUnacknowledgedAt since when the oldest delivery on its way could have been delivered; none: nothing
 *     is on its way
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
     * What is in one state.
     *
     * @param count messages, as a search for the state counts them
     * @param capped there may be more
     * @param perMinute how many came into it lately; none: that is not counted
     * @param oldestAt when the oldest in it was made, or could be delivered; of states that should be left again only
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record State(
            SearchState state,
            int count,
            boolean capped,
            @Nullable Double perMinute,
            @Nullable Instant oldestAt) {}

    /**
     * Something that the service cannot do without.
     *
     * @param name {@code database}, {@code broker}, {@code status-checker} or {@code recovery-job}
     * @param detail what is wrong with it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Part(String name, boolean up, @Nullable String detail) {}
}
