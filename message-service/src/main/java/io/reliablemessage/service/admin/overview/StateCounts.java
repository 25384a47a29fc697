package io.reliablemessage.service.admin.overview;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.service.admin.search.MessageFilter;
import io.reliablemessage.service.admin.search.SearchStore;
import io.reliablemessage.service.admin.search.SearchStore.Counted;
import io.reliablemessage.service.admin.search.SearchStore.Oldest;
import io.reliablemessage.service.platform.database.CallTimeout;
import io.reliablemessage.service.platform.database.DatabaseProperties;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Counts messages by state, once for all consoles that poll. A call soon after another is answered from memory while a
 * new count runs; a call after five quiet seconds waits for the count, with all other callers.
 */
@Component
class StateCounts {

    private static final Duration RECENT = Duration.ofSeconds(2);
    private static final Duration STALE = Duration.ofSeconds(5); // a console polls every four
    private static final String ALL = "all";

    private final SearchStore searches;
    private final Duration timeout;
    private final AsyncLoadingCache<String, Counts> counts = Caffeine.newBuilder()
            .refreshAfterWrite(RECENT)
            .expireAfterWrite(STALE)
            .executor(Thread.ofVirtual().name("state-counts")::start)
            .buildAsync(all -> count());

    StateCounts(SearchStore searches, DatabaseProperties database) {
        this.searches = searches;
        this.timeout = database.callTimeout();
    }

    /** @param oldest looked for first */
    record Counts(Oldest oldest, Map<SearchState, Counted> states, Counted suspects) {}

    Counts lately() {
        try {
            return counts.get(ALL).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** The next call gets the new count. */
    void forget() {
        counts.synchronous().invalidateAll();
    }

    private Counts count() {
        var oldest = limited(searches::oldest);
        var states = new EnumMap<SearchState, Counted>(SearchState.class);
        for (var state : SearchState.values()) {
            states.put(state, limited(() -> searches.count(MessageFilter.forState(state))));
        }
        return new Counts(oldest, states, limited(() -> searches.count(MessageFilter.forSuspects())));
    }

    @SuppressWarnings("try") // held open
    private <T> T limited(Supplier<T> query) {
        try (var limit = CallTimeout.of(timeout)) {
            return query.get();
        }
    }
}
