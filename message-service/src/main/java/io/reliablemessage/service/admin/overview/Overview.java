package io.reliablemessage.service.admin.overview;

import static java.util.Map.entry;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminapi.overview.OverviewView;
import io.reliablemessage.adminapi.overview.OverviewView.Part;
import io.reliablemessage.adminapi.overview.OverviewView.State;
import io.reliablemessage.adminapi.overview.RatesView;
import io.reliablemessage.adminapi.overview.Window;
import io.reliablemessage.service.admin.cause.Causes;
import io.reliablemessage.service.admin.overview.RateStore.Bucket;
import io.reliablemessage.service.model.ActivityCounters.Step;
import io.reliablemessage.service.model.LatencyBuckets;
import io.reliablemessage.service.platform.liveness.WorkerHealth;
import io.reliablemessage.service.publishing.Publishing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Collects the current figures and their recent history. */
@Component
class Overview {

    private static final Map<SearchState, Step> LEADS_TO = new EnumMap<>(Map.ofEntries(
            entry(SearchState.PENDING_CONFIRM, Step.PREPARED),
            entry(SearchState.CONFIRMED, Step.CONFIRMED),
            entry(SearchState.CANCELLED, Step.CANCELLED),
            entry(SearchState.SENDING, Step.SENT),
            entry(SearchState.CONSUMED, Step.CONSUMED),
            entry(SearchState.REJECTED, Step.REJECTED),
            entry(SearchState.DEAD, Step.DEAD)));

    private final StateCounts counts;
    private final Causes causes;
    private final RateStore rates;
    private final WorkerHealth workers;
    private final Publishing publishing;

    Overview(StateCounts counts, Causes causes, RateStore rates, WorkerHealth workers, Publishing publishing) {
        this.counts = counts;
        this.causes = causes;
        this.rates = rates;
        this.workers = workers;
        this.publishing = publishing;
    }

    OverviewView now() {
        var lately = counts.lately();
        var perMinute = rates.perMinute();
        var states = Arrays.stream(SearchState.values())
                .map(state -> {
                    var counted = Objects.requireNonNull(lately.states().get(state));
                    var step = LEADS_TO.get(state);
                    return new State(
                            state,
                            counted.found(),
                            counted.isCapped(),
                            step == null ? null : rounded(perMinute.get(step)),
                            lately.oldest().since().get(state));
                })
                .toList();
        return new OverviewView(
                lately.oldest().at(),
                states,
                parts(),
                causes.metLately(),
                lately.suspects().found(),
                lately.oldest().since().get(SearchState.SENDING));
    }

    private static @Nullable Double rounded(@Nullable Double rate) {
        return rate == null ? null : Math.round(rate * 10) / 10.0;
    }

    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        parts.add(new Part("database", true, null)); // or there would be no answer
        var isSending = publishing.accepts();
        parts.add(new Part("broker", isSending, isSending ? null : "accepts no messages"));
        parts.add(part("status-checker", "checkback"));
        parts.add(part("recovery-job", "redelivery"));
        return List.copyOf(parts);
    }

    private Part part(String name, String worker) {
        var trouble = workers.troubles().get(worker);
        return new Part(name, trouble == null, trouble);
    }

    RatesView rates(Window window) {
        return switch (window) {
            case LAST_HOUR -> rates(Duration.ofMinutes(1), 60, 1);
            case LAST_6_HOURS -> rates(Duration.ofMinutes(5), 72, 1);
            case LAST_24_HOURS -> rates(Duration.ofMinutes(15), 96, 1);
            case LAST_7_DAYS -> rates(Duration.ofHours(2), 84, 60);
        };
    }

    private RatesView rates(Duration bucket, int buckets, int minutes) {
        return new RatesView(
                bucket,
                rates.read(bucket, buckets, minutes).stream()
                        .map(Overview::point)
                        .toList());
    }

    private static RatesView.Point point(Bucket bucket) {
        var counts = bucket.counts();
        return new RatesView.Point(
                bucket.at(),
                counts.of(Step.PREPARED),
                counts.of(Step.CONFIRMED),
                counts.of(Step.CANCELLED),
                counts.of(Step.SENT),
                counts.of(Step.CONSUMED),
                counts.of(Step.REDELIVERED),
                counts.of(Step.DEAD),
                counts.of(Step.REJECTED),
                boxed(LatencyBuckets.quantile(counts.latencies(), 0.5)),
                boxed(LatencyBuckets.quantile(counts.latencies(), 0.99)));
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
