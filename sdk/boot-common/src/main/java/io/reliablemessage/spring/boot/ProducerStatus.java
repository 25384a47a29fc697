package io.reliablemessage.spring.boot;

import io.reliablemessage.spring.ProducerListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the producer has met since the start, for health. */
final class ProducerStatus implements ProducerListener {

    // Databases are looked at each minute; nobody reports that one is back.
    private static final Duration AWAY = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final AtomicLong refused = new AtomicLong();
    private final Map<String, Instant> unavailable = new ConcurrentHashMap<>();
    private volatile @Nullable String lastRefusal;
    private volatile String checkUrl = "not set";

    ProducerStatus() {
        this(InstantSource.system());
    }

    ProducerStatus(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void refused(String id, String reason) {
        refused.incrementAndGet();
        lastRefusal = id + ": " + reason;
    }

    @Override
    public void storeUnavailable(String store, Exception cause) {
        unavailable.put(store, clock.instant());
    }

    /** How far the registration of the check URL is. */
    void checkUrl(String state) {
        checkUrl = state;
    }

    /** Names and values in the order of the names. */
    Map<String, Object> details() {
        var details = new TreeMap<String, Object>();
        details.put("checkUrl", checkUrl);
        details.put("refusedMessages", refused.get());
        var last = lastRefusal;
        if (last != null) {
            details.put("lastRefusal", last);
        }
        details.put("unavailableStores", unavailableStores());
        return details;
    }

    private List<String> unavailableStores() {
        var since = clock.instant().minus(AWAY);
        unavailable.values().removeIf(at -> at.isBefore(since));
        return unavailable.keySet().stream().sorted().toList();
    }
}
