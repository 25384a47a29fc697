package io.reliablemessage.benchmarks.console;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Measures each page of the admin API with a full ledger. */
public final class ConsolePages {

    private static final Duration GOAL = Duration.ofMillis(300);
    private static final int WARM_UP = 3;
    private static final int CALLS = 25;
    private static final String ROW = "| %-34s | %7s | %7s | %7s | %-4s |%n";

    private final Connections connections;
    private final PrintStream out;

    public ConsolePages(Connections connections, PrintStream out) {
        this.connections = connections;
        this.out = out;
    }

    /**
     * Fills the ledger and asks for every page.
     *
     * @param key opens the admin API
     * @return what took longer than it may
     */
    public List<String> measure(URI service, String key, long messages)
            throws SQLException, IOException, InterruptedException {
        var start = System.nanoTime();
        new Month(connections, messages).fill();
        out.printf("%,d messages filled in %d s%n%n", messages, (System.nanoTime() - start) / 1_000_000_000);
        try (var calls = new AdminCalls(service, key)) {
            var pages = Page.all(Examples.of(connections, calls));
            warmUp(pages, calls);
            out.printf(ROW, "page, ms", "p50", "p95", "max", "");
            out.printf(ROW, "-".repeat(34), "-".repeat(6) + ":", "-".repeat(6) + ":", "-".repeat(6) + ":", "----");
            var slow = new ArrayList<String>();
            for (var page : pages) {
                if (!measure(page, calls)) {
                    slow.add(page.name());
                }
            }
            return slow;
        }
    }

    /** All pages in turn, so that the JIT compiler and the caches have seen everything. */
    private static void warmUp(List<Page> pages, AdminCalls calls) throws IOException, InterruptedException {
        for (var turn = 0; turn < WARM_UP; turn++) {
            for (var page : pages) {
                calls.call(page);
            }
        }
    }

    private boolean measure(Page page, AdminCalls calls) throws IOException, InterruptedException {
        var micros = new Histogram(3);
        for (var call = 0; call < CALLS; call++) {
            Thread.sleep(page.silence());
            var start = System.nanoTime();
            calls.call(page);
            micros.recordValue((System.nanoTime() - start) / 1_000);
        }
        var isFast = micros.getValueAtPercentile(95) <= GOAL.toMillis() * 1_000;
        out.printf(
                ROW,
                page.name(),
                millis(micros.getValueAtPercentile(50)),
                millis(micros.getValueAtPercentile(95)),
                millis(micros.getMaxValue()),
                isFast ? "PASS" : "FAIL");
        return isFast;
    }

    private static String millis(long micros) {
        return "%.1f".formatted(micros / 1_000.0);
    }
}
