package io.reliablemessage.benchmarks;

import static io.reliablemessage.benchmarks.Option.ANALYZE;
import static io.reliablemessage.benchmarks.Option.WAL_FILES;
import static io.reliablemessage.benchmarks.Option.WARM_UP;
import static io.reliablemessage.benchmarks.Option.WINDOW;

import io.reliablemessage.benchmarks.measure.Observer;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One service under one kind of load: warmed up, measured as often as wanted, and compared with its ledger. */
final class Run implements AutoCloseable {

    /** From the first message to the usual number on its way. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private final String label;
    private final Options options;
    private final PrintStream out;
    private final Target target;
    private final Observer observer = new Observer();
    private final Drive drive;
    private final CpuMeter meter;
    private final List<Window> windows = new ArrayList<>();

    Run(Benchmark.Setting setting, Scenario scenario, String label, Map<String, String> settings)
            throws IOException, SQLException {
        this.label = label;
        this.options = setting.options();
        this.out = setting.out();
        try (var ledger = new Ledger(setting.servers(), "postgres")) {
            ledger.recycleWal(options.number(WAL_FILES));
        }
        this.target = Target.start(setting.servers(), options, label, settings);
        try {
            this.drive = scenario.drive(setting.servers(), target, options, observer);
        } catch (IOException e) {
            target.close();
            throw e;
        }
        this.meter = new CpuMeter(setting.servers(), target);
    }

    void warmUp() throws InterruptedException, SQLException {
        drive.resume();
        var half = options.seconds(WARM_UP).dividedBy(2);
        Thread.sleep(half);
        if (options.isOn(ANALYZE)) {
            try (var ledger = target.ledger()) {
                ledger.analyze();
            }
        }
        Thread.sleep(half);
    }

    void resume() throws InterruptedException {
        drive.resume();
        Thread.sleep(SETTLING);
    }

    void pause() throws InterruptedException {
        drive.pause();
    }

    void measure() throws InterruptedException {
        windows.add(Window.measure(observer, meter, options.seconds(WINDOW)));
        out.println(Table.row("%s %d".formatted(label, windows.size()), windows.getLast()));
    }

    /** Waits for open messages, and counts in the ledger. */
    Measured finish() throws InterruptedException, SQLException {
        drive.pause();
        try (var ledger = target.ledger()) {
            var byState = ledger.byState();
            out.printf(
                    "%s: %,d confirmed, %,d received more than once; ledger: %s%n",
                    label,
                    observer.counters().confirmed.get(),
                    observer.counters().repeated.get(),
                    byState);
            target.process().complaints().stream().limit(3).forEach(line -> out.println("  service: " + line));
            return Measured.of(label, windows, observer.counters(), byState);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        try {
            drive.close();
        } finally {
            target.close();
        }
    }
}
