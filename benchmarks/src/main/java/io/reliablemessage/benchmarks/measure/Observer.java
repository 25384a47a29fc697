package io.reliablemessage.benchmarks.measure;

/** Receives the progress of a drive. */
public record Observer(Counters counters, Latencies latencies) {

    public Observer() {
        this(new Counters(), new Latencies());
    }
}
