package io.reliablemessage.quickstart.console;

import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The series that a query in PromQL names, as far as what is exported has to have them: names, labels, and values
 * that are spelled out. Labels that Prometheus adds itself are nobody's.
 */
public record NamedSeries(String query) {

    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:reliable_message|http_server|hikaricp|jvm|process)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~?)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern SPELLED_OUT = Pattern.compile("[\\w-]+(\\|[\\w-]+)*");
    private static final Set<String> ADDED = Set.of("namespace", "instance");

    /** What of it nobody exports. */
    public Set<String> missingFrom(List<Series> exported) {
        var selectors = SELECTOR.matcher(query).results().toList();
        var missing = new TreeSet<String>();
        selectors.forEach(selector -> missing.addAll(missing(selector, exported)));
        if (selectors.isEmpty()) {
            missing.add("no metric in " + query);
        }
        var names = selectors.stream().map(selector -> selector.group(1)).collect(toSet());
        GROUPING.matcher(query)
                .results()
                .flatMap(labels -> Arrays.stream(labels.group(1).split(", *")))
                .filter(label -> !ADDED.contains(label))
                .filter(label -> exported.stream()
                        .noneMatch(series -> names.contains(series.name) && series.labels.containsKey(label)))
                .forEach(label -> missing.add("%s by (%s)".formatted(names, label)));
        return missing;
    }

    private static Set<String> missing(MatchResult selector, List<Series> exported) {
        var name = selector.group(1);
        var ofThatName =
                exported.stream().filter(series -> series.name.equals(name)).toList();
        if (ofThatName.isEmpty()) {
            return Set.of(name);
        }
        var matchers = selector.group(2) == null ? "" : selector.group(2);
        return MATCHER.matcher(matchers)
                .results()
                .filter(matcher -> !ADDED.contains(matcher.group(1)))
                .flatMap(matcher -> wanted(matcher)
                        .filter(value -> ofThatName.stream().noneMatch(series -> has(series, matcher.group(1), value)))
                        .map(value -> "%s{%s=%s}".formatted(name, matcher.group(1), value)))
                .collect(toSet());
    }

    /** The values that must be there; empty: any value. */
    private static Stream<String> wanted(MatchResult matcher) {
        var value = matcher.group(3);
        return SPELLED_OUT.matcher(value).matches() ? Arrays.stream(value.split("\\|")) : Stream.of("");
    }

    private static boolean has(Series series, String label, String value) {
        var actual = series.labels.get(label);
        return actual != null && (value.isEmpty() || value.equals(actual));
    }

    /** One line of what an application exports. */
    record Series(String name, Map<String, String> labels) {

        private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
        private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

        static Stream<Series> of(String exported) {
            return exported.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(LINE::matcher)
                    .filter(java.util.regex.Matcher::matches)
                    .map(line -> new Series(line.group(1), labels(line.group(2) == null ? "" : line.group(2))));
        }

        private static Map<String, String> labels(String text) {
            var labels = new java.util.HashMap<String, String>();
            LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            return labels;
        }
    }
}
