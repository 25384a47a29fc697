package io.reliablemessage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One process at one time; CPU in ticks.
 *
 * @param own of its threads
 * @param buried of its children that have ended
 */
record ProcessStat(long pid, String name, long parent, long own, long buried) {

    private static final int PARENT = 1;
    private static final int USER = 11; // then system, and both of buried children

    /** Empty when the process has ended meanwhile. */
    static Optional<ProcessStat> of(Path directory) {
        try {
            var stat = Files.readString(directory.resolve("stat"));
            var name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')); // may hold spaces and parentheses
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(new ProcessStat(
                    Long.parseLong(directory.getFileName().toString()),
                    name,
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]),
                    Long.parseLong(fields[USER + 2]) + Long.parseLong(fields[USER + 3])));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    boolean isErlang() {
        return name.equals("beam.smp");
    }

    boolean hasAncestor(long ancestor, List<ProcessStat> processes) {
        return parent == ancestor
                || processes.stream()
                        .filter(process -> process.pid == parent)
                        .anyMatch(process -> process.hasAncestor(ancestor, processes));
    }
}
