package io.reliablemessage.benchmarks.measure;

/** What a drive tells of its doings. */
public record Observer(Tally tally, Journeys journeys) {

    public Observer() {
        this(new Tally(), new Journeys());
    }
}
