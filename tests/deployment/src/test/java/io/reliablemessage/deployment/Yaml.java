package io.reliablemessage.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/** The settings and comments of an application's own YAML. */
public final class Yaml {

    /** Indentation, name, and a comment at the end of the line. */
    private static final Pattern MEMBER = Pattern.compile("( *)([\\w.-]+):(?: (?:\"[^\"]*\"|[^\"#]*))?(?:# (.*))?");

    private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");
    private static final Pattern INDEX = Pattern.compile("(.+)\\[(\\d+)]");

    private final Map<String, String> values;
    private final Map<String, String> comments;

    private record Level(int indent, String path) {}

    private Yaml(Map<String, String> values, Map<String, String> comments) {
        this.values = values;
        this.comments = comments;
    }

    public static Yaml of(Application application) {
        try {
            var text = new ClassPathResource(application.id() + ".yml").getContentAsString(UTF_8);
            return new Yaml(valuesOf(application), commentsIn(text));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** By name; of a list its elements, with commas. */
    public Map<String, String> values() {
        return values;
    }

    /** What it sets at this name, or below it. */
    public String valueOf(String name, String otherwise) {
        var below = values.entrySet().stream()
                .filter(value -> value.getKey().startsWith(name + "."))
                .map(value -> value.getKey().substring(name.length() + 1) + ": " + value.getValue())
                .collect(joining(", "));
        return values.getOrDefault(name, below.isEmpty() ? otherwise : below);
    }

    /** The comment on this name, or on what it is part of. */
    public String commentOn(String name) {
        for (var at = name; at.contains("."); at = at.substring(0, at.lastIndexOf('.'))) {
            if (comments.containsKey(at)) {
                return comments.get(at);
            }
        }
        return "";
    }

    private static Map<String, String> valuesOf(Application application) {
        var values = new TreeMap<String, String>();
        application.settings().entrySet().stream()
                .map(value ->
                        Map.entry(value.getKey().toString(), value.getValue().toString()))
                .sorted(Comparator.comparingInt(value -> indexIn(value.getKey())))
                .forEach(value -> values.merge(
                        INDEX.matcher(value.getKey()).replaceFirst("$1"),
                        value.getValue(),
                        (before, next) -> before + ", " + next));
        return values;
    }

    private static int indexIn(String name) {
        var element = INDEX.matcher(name);
        return element.matches() ? Integer.parseInt(element.group(2)) : 0;
    }

    private static Map<String, String> commentsIn(String yaml) {
        var comments = new TreeMap<String, String>();
        Deque<Level> levels = new ArrayDeque<>();
        var above = "";
        for (var line : yaml.lines().toList()) {
            var comment = COMMENT.matcher(line);
            var member = MEMBER.matcher(line);
            if (comment.matches()) {
                above = above.isEmpty() ? comment.group(1) : above + " " + comment.group(1);
            } else if (member.matches()) {
                var path = enter(levels, member.group(1).length(), member.group(2));
                var said = member.group(3) == null ? above : member.group(3);
                if (!said.isEmpty()) {
                    comments.put(path, said);
                }
                above = "";
            }
        }
        return comments;
    }

    private static String enter(Deque<Level> levels, int indent, String name) {
        while (!levels.isEmpty() && levels.peek().indent >= indent) {
            levels.pop();
        }
        var path = levels.isEmpty() ? name : levels.peek().path + "." + name;
        levels.push(new Level(indent, path));
        return path;
    }
}
