package io.reliablemessage.benchmarks;

/** What a drive tells of its doings. */
record Observer(Tally tally, Journeys journeys) {

    Observer() {
        this(new Tally(), new Journeys());
    }
}
