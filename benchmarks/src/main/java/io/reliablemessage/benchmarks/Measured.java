package io.reliablemessage.benchmarks;

import io.reliablemessage.benchmarks.measure.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A scenario's result.
 *
 * @param complaints why it is not valid; empty if it is
 */
record Measured(String label, List<Window> windows, List<String> complaints) {

    Window median() {
        return Window.median(windows);
    }

    static Measured of(String label, List<Window> windows, Counters counters, Map<String, Long> ledger) {
        var complaints = new ArrayList<String>();
        if (counters.errors() > 0) {
            complaints.add("%s: %d errors, such as %s".formatted(label, counters.errors(), counters.failures()));
        }
        var confirmed = counters.confirmed.get();
        if (!ledger.equals(Map.of("CONFIRMED/CONSUMED", confirmed))) {
            complaints.add(
                    "%s: %,d messages were confirmed, but the ledger has %s".formatted(label, confirmed, ledger));
        }
        return new Measured(label, windows, complaints);
    }
}
