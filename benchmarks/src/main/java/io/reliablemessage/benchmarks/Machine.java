package io.reliablemessage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Describes the machine of the measurement; without it the numbers mean nothing. */
final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    static void describe(Benchmark.Setting setting) throws IOException, SQLException {
        var out = setting.out();
        var postgres = setting.servers().postgres();
        out.printf(
                "%s, %d cores; %s; JDK %s%n",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.version"));
        try (var ledger = new Ledger(setting.servers(), "postgres")) {
            out.printf("PostgreSQL %s: %s%n", postgres.version(), String.join(", ", ledger.settings()));
        }
        out.printf("%s, queue type %s%n", rabbitMq(setting), setting.options().text(Option.QUEUE_TYPE));
        out.printf(
                "options: %s %s%n",
                setting.options().values(), setting.options().service());
        var disk = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))
                .type();
        out.printf("data in %s (%s)%n", System.getProperty("java.io.tmpdir"), disk);
        if (disk.equals("tmpfs")) {
            out.println("!!! The data are in memory: nothing is durable, and no result is valid. Set java.io.tmpdir.");
        }
        if (!CpuMeter.isAvailable()) {
            out.println("CPU is not measured: there is no /proc on this system.");
        }
    }

    private static String rabbitMq(Benchmark.Setting setting) {
        return setting.servers().rabbitMq().description();
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(CPUS)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
