package io.reliablemessage.benchmarks;

import static io.reliablemessage.benchmarks.Option.ACK_CONNECTIONS;
import static io.reliablemessage.benchmarks.Option.ARRAY;
import static io.reliablemessage.benchmarks.Option.ARRAY_ACK_CONNECTIONS;
import static io.reliablemessage.benchmarks.Option.ARRAY_CONNECTIONS;
import static io.reliablemessage.benchmarks.Option.CONNECTIONS;
import static io.reliablemessage.benchmarks.Option.MESSAGES;
import static io.reliablemessage.benchmarks.Option.OUTSTANDING;
import static io.reliablemessage.benchmarks.Option.PAYLOAD;
import static io.reliablemessage.benchmarks.Option.RATE;
import static io.reliablemessage.benchmarks.Option.WINDOWS;

import io.reliablemessage.benchmarks.HttpDrive.Shape;
import io.reliablemessage.benchmarks.console.ConsolePages;
import io.reliablemessage.benchmarks.measure.Observer;
import io.reliablemessage.benchmarks.measure.Pace;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** The scenarios to measure. */
enum Scenario {
    /** A call per message and step, over many connections. */
    SINGLE,
    /** Arrays, over a few connections. */
    ARRAYS,
    /** Threads that use reliable-message-client. */
    CLIENT,
    /** {@link #SINGLE}, with group commit and without in turn. */
    GROUP_COMMIT_OFF,
    /** {@link #SINGLE} at a rate that leaves the machine idle most of the time. */
    LATENCY,
    /** No load: every page of the admin API, over a ledger of a month. */
    CONSOLE;

    private static final int QUOTES = 2;
    private static final String GROUP_COMMIT_ON = "group-commit-on";

    /** All that a message goes through; the console takes as long as these together, and is asked for by its name. */
    static List<Scenario> ofMessages() {
        return List.of(SINGLE, ARRAYS, CLIENT, GROUP_COMMIT_OFF, LATENCY);
    }

    static Scenario named(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no scenario " + name));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The label of the second service's results. */
    static String measuredInTurnWith(String label) {
        return label.equals(GROUP_COMMIT_ON) ? GROUP_COMMIT_OFF.label() : label + "-against";
    }

    List<Measured> measure(Benchmark.Setting setting) throws IOException, InterruptedException, SQLException {
        return switch (this) {
            case GROUP_COMMIT_OFF ->
                inTurn(setting, GROUP_COMMIT_ON, Map.of("message-service.group-commit.enabled", "false"));
            case CONSOLE -> pages(setting);
            default -> {
                var against = setting.options().against();
                yield against.isEmpty() ? alone(setting) : inTurn(setting, label(), against);
            }
        };
    }

    private static List<Measured> pages(Benchmark.Setting setting)
            throws IOException, InterruptedException, SQLException {
        var options = setting.options();
        try (var target = Target.start(setting.servers(), options, CONSOLE.label(), Map.of())) {
            var slow = new ConsolePages(target::connection, setting.out())
                    .measure(target.address(), target.operatorKey(), options.number(MESSAGES));
            var complaints =
                    slow.stream().map("console: %s took too long"::formatted).toList();
            return List.of(new Measured(CONSOLE.label(), List.of(), complaints));
        }
    }

    private List<Measured> alone(Benchmark.Setting setting) throws IOException, InterruptedException, SQLException {
        try (var run = new Run(setting, this, label(), Map.of())) {
            run.warmUp();
            for (var i = 0; i < setting.options().number(WINDOWS); i++) {
                run.measure();
            }
            return List.of(run.finish());
        }
    }

    /** A machine's noise is larger than many a difference, so what is compared is measured in the same minute. */
    private List<Measured> inTurn(Benchmark.Setting setting, String label, Map<String, String> others)
            throws IOException, InterruptedException, SQLException {
        try (var one = new Run(setting, this, label, Map.of());
                var other = new Run(setting, this, measuredInTurnWith(label), others)) {
            for (var run : List.of(one, other)) {
                run.warmUp();
                run.pause();
            }
            for (var i = 0; i < setting.options().number(WINDOWS); i++) {
                for (var run : List.of(one, other)) {
                    run.resume();
                    run.measure();
                    run.pause();
                }
            }
            return List.of(one.finish(), other.finish());
        }
    }

    /** The load on a service, not begun yet. */
    Drive drive(Servers servers, Target target, Options options, Observer observer) throws IOException {
        var payload = payload(options.number(PAYLOAD) - QUOTES);
        var wire = Calls.Wire.to(target, "\"" + payload + "\"");
        return switch (this) {
            case SINGLE, GROUP_COMMIT_OFF ->
                new HttpDrive(servers, target, new Calls.Single(wire), calls(options), Pace.closedLoop(), observer);
            case LATENCY -> {
                var pace = Pace.openLoop(options.number(RATE));
                yield new HttpDrive(servers, target, new Calls.Single(wire), calls(options), pace, observer);
            }
            case ARRAYS ->
                new HttpDrive(servers, target, new Calls.Arrays(wire), arrays(options), Pace.closedLoop(), observer);
            case CLIENT -> new ClientDrive(servers, target, options, payload, observer);
            case CONSOLE -> throw new IllegalArgumentException("The console's scenario has no load");
        };
    }

    /** Random, lest a compressing file system or PostgreSQL make it smaller; the same each time. */
    private static String payload(int length) {
        return new Random(length)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Shape calls(Options options) {
        return new Shape(options.number(CONNECTIONS), options.number(ACK_CONNECTIONS), 1, options.number(OUTSTANDING));
    }

    private static Shape arrays(Options options) {
        return new Shape(
                options.number(ARRAY_CONNECTIONS),
                options.number(ARRAY_ACK_CONNECTIONS),
                options.number(ARRAY),
                options.number(OUTSTANDING));
    }
}
