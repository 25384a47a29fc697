package io.reliablemessage.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The steps of messages and deliveries, as {@code docs/states.md} has them. */
final class StateTable {

    private static final String FILE = "docs/states.md";
    private static final Pattern ROW =
            Pattern.compile("\\| `(?<step>[A-Z]+)` \\| (?<from>(`[A-Z_]+`(, )?)+) \\| `(?<to>[A-Z_]+)` \\|");
    private static final int STEPS = 7;

    private final Map<String, Step> steps = new TreeMap<>();

    private StateTable() {}

    /** A step, the states it leads from, and the one it leads to. */
    record Step(String name, Set<String> from, String to) {}

    static StateTable read() {
        var table = new StateTable();
        try (var lines = Files.lines(file())) {
            lines.map(ROW::matcher)
                    .filter(row -> row.lookingAt())
                    .map(row -> new Step(row.group("step"), names(row.group("from")), row.group("to")))
                    .forEach(step -> table.steps.put(step.name(), step));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (table.steps.size() != STEPS) {
            throw new IllegalStateException("%s has the steps %s".formatted(FILE, table.steps.keySet()));
        }
        return table;
    }

    Step step(String name) {
        var step = steps.get(name);
        if (step == null) {
            throw new IllegalArgumentException(name);
        }
        return step;
    }

    private static Set<String> names(String cell) {
        return Arrays.stream(cell.split(", ", -1))
                .map(name -> name.replace("`", ""))
                .collect(Collectors.toSet());
    }

    /** Tests run in their module's directory. */
    private static Path file() {
        return Stream.iterate(Path.of("").toAbsolutePath(), directory -> directory != null, Path::getParent)
                .map(directory -> directory.resolve(FILE))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        FILE + " is not above " + Path.of("").toAbsolutePath()));
    }
}
