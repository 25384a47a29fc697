package io.reliablemessage.adminui.overview;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminapi.overview.OverviewView;
import java.util.List;
import java.util.Optional;

/** The state counts in the order of a message's lifecycle. */
record LifecycleCounts(OverviewView overview) {

    private static final List<SearchState> PATH =
            List.of(SearchState.PENDING_CONFIRM, SearchState.CONFIRMED, SearchState.SENDING, SearchState.CONSUMED);
    private static final List<SearchState> EXITS =
            List.of(SearchState.CANCELLED, SearchState.REJECTED, SearchState.DEAD, SearchState.DISCARDED);

    public List<OverviewView.State> path() {
        return in(PATH);
    }

    public List<OverviewView.State> exits() {
        return in(EXITS);
    }

    private List<OverviewView.State> in(List<SearchState> order) {
        return order.stream().map(this::find).flatMap(Optional::stream).toList();
    }

    private Optional<OverviewView.State> find(SearchState state) {
        return overview.states().stream().filter(each -> each.state() == state).findFirst();
    }
}
