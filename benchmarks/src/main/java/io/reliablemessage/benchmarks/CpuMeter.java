package io.reliablemessage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** CPU time by process, from {@code /proc}: Linux only. */
final class CpuMeter {

    /** The parts whose CPU is measured. */
    enum Part {
        GENERATOR,
        SERVICE,
        POSTGRES,
        RABBITMQ
    }

    /**
     * CPU used since some time long ago.
     *
     * @param seconds by part
     * @param busy by all processes of the machine, and what its host took away
     */
    record Reading(Map<Part, Double> seconds, double busy) {}

    private static final Path PROC = Path.of("/proc");
    private static final double TICKS = 100; // USER_HZ, on every Linux
    private static final int OF_WHOLE_MACHINE = 8; // user nice system idle iowait irq softirq steal
    private static final List<Integer> IDLE = List.of(3, 4);

    private final long service;
    private final long postmaster;

    CpuMeter(Servers servers, Target target) {
        this.service = target.process().pid();
        this.postmaster = servers.postmaster();
    }

    static boolean isAvailable() {
        return Files.isReadable(PROC.resolve("self/stat"));
    }

    Reading read() {
        if (!isAvailable()) {
            return new Reading(Map.of(), 0);
        }
        var processes = processes();
        var seconds = new EnumMap<Part, Double>(Part.class);
        seconds.put(Part.GENERATOR, generator(processes));
        seconds.put(Part.SERVICE, tree(service, processes));
        seconds.put(Part.POSTGRES, tree(postmaster, processes));
        seconds.put(
                Part.RABBITMQ,
                processes.stream()
                        .filter(ProcessStat::isErlang)
                        .filter(erlang -> isOurs(erlang, processes))
                        .mapToDouble(erlang -> tree(erlang.pid(), processes))
                        .sum());
        return new Reading(seconds, busy());
    }

    private static double generator(List<ProcessStat> processes) {
        var own = ProcessHandle.current().pid();
        return processes.stream()
                        .filter(process -> process.pid() == own)
                        .mapToLong(ProcessStat::own)
                        .sum()
                / TICKS;
    }

    /** What the process, its living descendants and those it has buried have used. */
    private static double tree(long root, List<ProcessStat> processes) {
        return processes.stream()
                        .filter(process -> process.pid() == root || process.hasAncestor(root, processes))
                        .mapToLong(process -> process.own() + process.buried())
                        .sum()
                / TICKS;
    }

    private static boolean isOurs(ProcessStat process, List<ProcessStat> processes) {
        return process.hasAncestor(ProcessHandle.current().pid(), processes);
    }

    private static double busy() {
        try (Stream<String> lines = Files.lines(PROC.resolve("stat"))) {
            var fields = lines.findFirst().orElseThrow().trim().split("\\s+", -1);
            long busy = 0;
            for (var i = 0; i < OF_WHOLE_MACHINE; i++) {
                busy += IDLE.contains(i) ? 0 : Long.parseLong(fields[i + 1]);
            }
            return busy / TICKS;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ProcessStat> processes() {
        var processes = new ArrayList<ProcessStat>();
        try (var directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var directory : directories) {
                ProcessStat.of(directory).ifPresent(processes::add);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return processes;
    }
}
