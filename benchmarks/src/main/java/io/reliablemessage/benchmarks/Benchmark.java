package io.reliablemessage.benchmarks;

import static io.reliablemessage.benchmarks.Option.RATE;
import static io.reliablemessage.benchmarks.Option.WARM_UP;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Starts everything, measures the scenarios asked for, prints a table. Ends with status 1 if a result is not valid. */
public final class Benchmark {

    /** What all scenarios share. */
    record Setting(Servers servers, Options options, PrintStream out) {}

    private static final int MIN_WARM_UP = 25;
    private static final double IN_TIME = 0.95;

    private Benchmark() {}

    public static void main(String... arguments) throws IOException, InterruptedException, SQLException {
        var out = System.out;
        var options = options(arguments);
        var measured = new ArrayList<Measured>();
        try (var servers = Servers.start()) {
            var setting = new Setting(servers, options, out);
            Machine.describe(setting);
            for (var scenario : options.scenarios()) {
                out.printf("%n%s%n%s%n", scenario.label(), scenario == Scenario.CONSOLE ? "" : Table.head());
                measured.addAll(scenario.measure(setting));
            }
        }
        report(measured, options, out);
        System.exit(measured.stream().allMatch(result -> result.complaints().isEmpty()) ? 0 : 1);
    }

    private static Options options(String... arguments) {
        try {
            var options = Options.of(arguments);
            options.scenarios();
            options.against();
            return options;
        } catch (IllegalArgumentException misunderstood) {
            System.err.println(misunderstood.getMessage());
            System.exit(2);
            throw misunderstood;
        }
    }

    private static void report(List<Measured> measured, Options options, PrintStream out) {
        var loads =
                measured.stream().filter(result -> !result.windows().isEmpty()).toList();
        if (!loads.isEmpty()) {
            out.printf("%nMedians%n%s%n", Table.head());
        }
        loads.forEach(result -> out.println(Table.row(result.label(), result.median())));
        compare(loads, out);
        loads.forEach(result -> sayIfLate(result, options, out));
        if (!loads.isEmpty() && options.number(WARM_UP) < MIN_WARM_UP) {
            out.printf("%nThe warm-up was short: this shows that everything works, not how fast it is.%n");
        }
        var complaints = measured.stream()
                .flatMap(result -> result.complaints().stream())
                .toList();
        if (!complaints.isEmpty()) {
            out.printf("%n!!! NOT VALID !!! These results must not be used:%n");
            complaints.forEach(complaint -> out.println("!!! " + complaint));
        }
    }

    private static void sayIfLate(Measured result, Options options, PrintStream out) {
        var isLate = result.label().equals(Scenario.LATENCY.label())
                && result.median().value(Column.RATE) < IN_TIME * options.number(RATE);
        if (isLate) {
            out.printf(
                    "%nlatency: the rate of %d msg/s was not kept, so these are latencies of an overloaded machine.%n",
                    options.number(RATE));
        }
    }

    private static void compare(List<Measured> measured, PrintStream out) {
        for (var one : measured) {
            measured.stream()
                    .filter(other -> other.label().equals(Scenario.measuredInTurnWith(one.label())))
                    .forEach(other -> out.printf(
                            "%n%s : %s = %.2f%n",
                            one.label(),
                            other.label(),
                            one.median().value(Column.RATE) / other.median().value(Column.RATE)));
        }
    }
}
