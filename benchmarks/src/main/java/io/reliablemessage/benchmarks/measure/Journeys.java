package io.reliablemessage.benchmarks.measure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** When each message on its way was confirmed, and how long it took from there. Safe for any number of threads. */
public final class Journeys {

    /** What is timed. */
    public enum Leg {
        /** How long a producer is kept: prepare sent → confirm answered. */
        CALLS,
        /** Confirm sent → consumer received. */
        RECEIVED,
        /** Confirm sent → ack answered. */
        ACKED
    }

    private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(10);

    private final Map<String, Long> confirmedAt = new ConcurrentHashMap<>();
    private final Map<Leg, Recorder> recorders = new EnumMap<>(Leg.class);

    Journeys() {
        for (var leg : Leg.values()) {
            recorders.put(leg, new Recorder(MAX_MICROS, 3));
        }
    }

    public void calls(long began) {
        record(Leg.CALLS, began);
    }

    public void confirming(List<String> ids) {
        var now = System.nanoTime();
        ids.forEach(id -> confirmedAt.put(id, now));
    }

    public void received(String id) {
        var since = confirmedAt.get(id);
        if (since != null) {
            record(Leg.RECEIVED, since);
        }
    }

    /** Takes a message's ack, and says whether it is the first. */
    public boolean acked(String id) {
        var since = confirmedAt.remove(id);
        if (since != null) {
            record(Leg.ACKED, since);
        }
        return since != null;
    }

    /** What was timed since the last time this was asked, in microseconds. */
    public Map<Leg, Histogram> take() {
        var taken = new EnumMap<Leg, Histogram>(Leg.class);
        recorders.forEach((leg, recorder) -> taken.put(leg, recorder.getIntervalHistogram()));
        return taken;
    }

    private void record(Leg leg, long since) {
        var recorder = recorders.get(leg);
        if (recorder != null) {
            recorder.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - since) / 1000));
        }
    }
}
