package io.reliablemessage.benchmarks;

import io.reliablemessage.benchmarks.CpuMeter.Part;
import io.reliablemessage.benchmarks.CpuMeter.Reading;
import io.reliablemessage.benchmarks.measure.Latencies.Phase;
import io.reliablemessage.benchmarks.measure.Observer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The measurements between two moments. */
record Window(Map<Column, Double> values) {

    private static final double MILLIS = 1000;

    static Window measure(Observer observer, CpuMeter meter, Duration length) throws InterruptedException {
        var counters = observer.counters();
        observer.latencies().take();
        var errors = counters.errors();
        var acked = counters.acked.get();
        var before = meter.read();
        var began = System.nanoTime();
        Thread.sleep(length);
        var seconds = (System.nanoTime() - began) / 1e9;
        var messages = counters.acked.get() - acked;
        var after = meter.read();

        var values = new EnumMap<Column, Double>(Column.class);
        values.put(Column.RATE, messages / seconds);
        latencies(observer.latencies().take(), values);
        cpu(before, after, messages, seconds, values);
        values.put(Column.ERRORS, (double) (counters.errors() - errors));
        return new Window(values);
    }

    /** Per column, the middle of the windows' values. */
    static Window median(List<Window> windows) {
        var values = new EnumMap<Column, Double>(Column.class);
        for (var column : Column.values()) {
            var sorted = windows.stream()
                    .mapToDouble(window -> window.value(column))
                    .sorted()
                    .toArray();
            var middle = sorted.length / 2;
            values.put(column, sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
        }
        return new Window(values);
    }

    double value(Column column) {
        return values.getOrDefault(column, Double.NaN);
    }

    private static void latencies(Map<Phase, Histogram> phases, Map<Column, Double> values) {
        phases.forEach((phase, histogram) -> {
            values.put(Column.valueOf(phase + "_P50"), histogram.getValueAtPercentile(50) / MILLIS);
            values.put(Column.valueOf(phase + "_P99"), histogram.getValueAtPercentile(99) / MILLIS);
        });
    }

    private static void cpu(Reading before, Reading after, long messages, double elapsed, Map<Column, Double> values) {
        if (!CpuMeter.isAvailable()) {
            return;
        }
        var all = 0.0;
        for (var part : Part.values()) {
            var used =
                    after.seconds().getOrDefault(part, 0.0) - before.seconds().getOrDefault(part, 0.0);
            values.put(Column.valueOf(part.name()), used * 1e6 / messages);
            all += used;
        }
        values.put(Column.ALL, all * 1e6 / messages);
        values.put(Column.OTHERS, Math.max(0, after.busy() - before.busy() - all) / elapsed);
    }
}
