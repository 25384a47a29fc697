package io.reliablemessage.benchmarks;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.stream.Stream;

/** Rows that read well in a terminal and paste into Markdown. */
final class Table {

    private static final int LABEL = 12;
    private static final int NARROWEST = 7;

    private Table() {}

    static String head() {
        var titles = Arrays.stream(Column.values()).map(Table::title);
        var rule = Arrays.stream(Column.values())
                .map(column -> "-".repeat(title(column).length() - 1) + ":");
        return "%s%n%s".formatted(line("", titles), line("-".repeat(LABEL), rule));
    }

    static String row(String label, Window window) {
        return line(
                label,
                Arrays.stream(Column.values())
                        .map(column -> padded(
                                column.show(window.value(column)), title(column).length())));
    }

    private static String title(Column column) {
        return padded(column.title, NARROWEST);
    }

    private static String padded(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String line(String label, Stream<String> cells) {
        return cells.collect(joining(" | ", "| %-12s | ".formatted(label), " |"));
    }
}
