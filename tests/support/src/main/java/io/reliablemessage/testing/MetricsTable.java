package io.reliablemessage.testing;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A document's table of an application's own metrics, read from its Prometheus endpoint. */
public final class MetricsTable {

    private static final Pattern DESCRIPTION = Pattern.compile("# HELP (reliable_message_\\w+) ?(.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (reliable_message_\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(reliable_message_\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** Of these the values are whatever there is; of the others they are known beforehand. */
    private static final Set<String> OPEN = Set.of("subscription", "topic", "producer", "queue");

    /** On every sample, or part of a histogram. */
    private static final Set<String> UNSAID = Set.of("application", "le", "quantile");

    private static final String HEADING = "| metric | type | unit | labels | description |\n|---|---|---|---|---|\n";

    private final SortedMap<String, Metric> metrics = new TreeMap<>();

    private record Metric(String type, String description, SortedMap<String, SortedSet<String>> labels) {

        String row(String name) {
            return "| `%s` | %s | %s | %s | %s |\n".formatted(name, type, unit(name), labelsAndValues(), description);
        }

        private String labelsAndValues() {
            return labels.entrySet().stream()
                    .map(label -> OPEN.contains(label.getKey())
                            ? "`%s`".formatted(label.getKey())
                            : label.getValue().stream()
                                    .map("`%s`"::formatted)
                                    .collect(joining(", ", "`%s`: ".formatted(label.getKey()), "")))
                    .collect(joining("; "));
        }

        private static String unit(String name) {
            return name.endsWith("_seconds") ? "seconds" : name.endsWith("_bytes") ? "bytes" : "";
        }
    }

    private MetricsTable(String scraped) {
        var descriptions = new TreeMap<String, String>();
        scraped.lines().forEach(line -> {
            var description = DESCRIPTION.matcher(line);
            var type = TYPE.matcher(line);
            var sample = SAMPLE.matcher(line);
            if (description.matches()) {
                descriptions.put(description.group(1), description.group(2));
            } else if (type.matches()) {
                var text = descriptions.getOrDefault(type.group(1), "");
                metrics.put(type.group(1), new Metric(type.group(2), text, new TreeMap<>()));
            } else if (sample.matches()) {
                labels(sample.group(1), sample.group(2));
            }
        });
        metrics.keySet().removeIf(name -> name.endsWith("_max") && metrics.containsKey(withoutSuffix(name)));
    }

    /**
     * @param scraped the answer of {@code /actuator/prometheus}
     * @throws AssertionError if a metric lacks a description
     */
    public static String of(String scraped) {
        var metrics = new MetricsTable(scraped).metrics;
        metrics.forEach((name, metric) -> {
            if (metric.description.isBlank()) {
                throw new AssertionError(name + " has no description");
            }
        });
        return metrics.entrySet().stream()
                .map(metric -> metric.getValue().row(metric.getKey()))
                .collect(joining("", HEADING, ""));
    }

    private void labels(String sample, String labels) {
        var metric = metrics.getOrDefault(sample, metrics.get(withoutSuffix(sample)));
        if (metric == null || labels == null) {
            return;
        }
        for (Map.Entry<String, String> label : labelsIn(labels).entrySet()) {
            metric.labels
                    .computeIfAbsent(label.getKey(), name -> new TreeSet<>())
                    .add(label.getValue());
        }
    }

    private static Map<String, String> labelsIn(String text) {
        var labels = new TreeMap<String, String>();
        LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        labels.keySet().removeAll(UNSAID);
        return labels;
    }

    /** Of the samples that make up a summary or a histogram. */
    private static String withoutSuffix(String sample) {
        return sample.replaceFirst("_(count|sum|max|bucket)$", "");
    }
}
