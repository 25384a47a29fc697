package io.reliablemessage.benchmarks.measure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Times each open message from its confirm. Safe for any number of threads. */
public final class Latencies {

    /** The timed phases. */
    public enum Phase {
        /** How long a producer is kept: prepare sent → confirm answered. */
        CALLS,
        /** Confirm sent → consumer received. */
        RECEIVED,
        /** Confirm sent → ack answered. */
        ACKED
    }

    private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(10);

    private final Map<String, Long> confirmedAt = new ConcurrentHashMap<>();
    private final Map<Phase, Recorder> recorders = new EnumMap<>(Phase.class);

    Latencies() {
        for (var phase : Phase.values()) {
            recorders.put(phase, new Recorder(MAX_MICROS, 3));
        }
    }

    public void calls(long began) {
        record(Phase.CALLS, began);
    }

    public void confirming(List<String> ids) {
        var now = System.nanoTime();
        ids.forEach(id -> confirmedAt.put(id, now));
    }

    public void received(String id) {
        var since = confirmedAt.get(id);
        if (since != null) {
            record(Phase.RECEIVED, since);
        }
    }

    /** Takes a message's ack, and says whether it is the first. */
    public boolean acked(String id) {
        var since = confirmedAt.remove(id);
        if (since != null) {
            record(Phase.ACKED, since);
        }
        return since != null;
    }

    /** What was timed since the last time this was asked, in microseconds. */
    public Map<Phase, Histogram> take() {
        var taken = new EnumMap<Phase, Histogram>(Phase.class);
        recorders.forEach((phase, recorder) -> taken.put(phase, recorder.getIntervalHistogram()));
        return taken;
    }

    private void record(Phase phase, long since) {
        var recorder = recorders.get(phase);
        if (recorder != null) {
            recorder.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - since) / 1000));
        }
    }
}
