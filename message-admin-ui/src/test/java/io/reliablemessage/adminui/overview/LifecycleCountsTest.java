package io.reliablemessage.adminui.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminapi.overview.OverviewView.State;
import io.reliablemessage.adminui.fixture.OverviewFixture;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The states of messages in the order of a life, and the ways out of it. */
class LifecycleCountsTest {

    @Test
    void aMessagesWayIsInItsOrderWhateverTheServicesIs() {
        var counts = counts(reversed());

        assertThat(counts.path())
                .extracting(State::state)
                .containsExactly(
                        SearchState.PENDING_CONFIRM, SearchState.CONFIRMED, SearchState.SENDING, SearchState.CONSUMED);
    }

    @Test
    void theWaysOutAreBesideIt() {
        var counts = counts(reversed());

        assertThat(counts.exits())
                .extracting(State::state)
                .containsExactly(SearchState.CANCELLED, SearchState.REJECTED, SearchState.DEAD, SearchState.DISCARDED);
    }

    @Test
    void everyStateIsShownOnce() {
        var counts = counts(reversed());

        assertThat(Stream.concat(counts.path().stream(), counts.exits().stream())
                        .map(State::state))
                .containsExactlyInAnyOrder(SearchState.values());
    }

    @Test
    void aStateThatTheServiceDoesNotCountIsLeftOut() {
        var counts = counts(state(SearchState.SENDING, 4), state(SearchState.DEAD, 0));

        assertThat(counts.path()).extracting(State::state).containsExactly(SearchState.SENDING);
        assertThat(counts.exits()).extracting(State::state).containsExactly(SearchState.DEAD);
    }

    @Test
    void withoutCountsThereIsNoCycle() {
        assertThat(counts().path()).isEmpty();
        assertThat(counts().exits()).isEmpty();
    }

    @Test
    void countsAreShownAsTheyAre() {
        var capped = new State(
                SearchState.DEAD,
                10_000,
                true,
                0.5,
                OverviewFixture.healthy().build().at());

        assertThat(counts(capped).exits()).containsExactly(capped);
    }

    private static State[] reversed() {
        var states = Arrays.asList(SearchState.values());
        Collections.reverse(states);
        return states.stream().map(state -> state(state, 1)).toArray(State[]::new);
    }

    private static State state(SearchState state, int count) {
        return new State(state, count, false, null, null);
    }

    private static LifecycleCounts counts(State... states) {
        return new LifecycleCounts(OverviewFixture.healthy().states(states).build());
    }
}
