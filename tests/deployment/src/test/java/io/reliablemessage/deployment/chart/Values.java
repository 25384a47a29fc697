package io.reliablemessage.deployment.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Nested maps and lists, as YAML has them. */
final class Values {

    private Values() {}

    static Map<String, Object> read(Path file) {
        try {
            return yaml().load(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A parser that takes no key twice. */
    static Yaml yaml() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options));
    }

    /** As Helm merges: maps are merged, null takes away, everything else is replaced. */
    static Map<String, Object> over(Map<String, Object> below, Map<String, Object> above) {
        var merged = new LinkedHashMap<>(below);
        above.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else {
                merged.merge(name, value, Values::over);
            }
        });
        return merged;
    }

    @SuppressWarnings("unchecked") // YAML's maps have names for keys
    private static Object over(Object below, Object above) {
        return below instanceof Map<?, ?> lower && above instanceof Map<?, ?> upper
                ? over((Map<String, Object>) lower, (Map<String, Object>) upper)
                : above;
    }

    /** What stands at a path such as {@code registry.applications[].keys[].secretKey}; empty texts are nothing. */
    static Stream<String> at(String path, Object within) {
        if (path.isEmpty()) {
            return Stream.of(within.toString()).filter(text -> !text.isEmpty());
        }
        if (path.startsWith("[]")) {
            var rest = path.substring(path.startsWith("[].") ? 3 : 2);
            return within instanceof List<?> list
                    ? list.stream().flatMap(element -> at(rest, element))
                    : Stream.empty();
        }
        var end = Math.min(indexOf('.', path), indexOf('[', path));
        var rest = path.substring(end < path.length() && path.charAt(end) == '.' ? end + 1 : end);
        var value = ((Map<?, ?>) within).get(path.substring(0, end));
        return value == null ? Stream.empty() : at(rest, value);
    }

    private static int indexOf(char sought, String path) {
        var index = path.indexOf(sought);
        return index < 0 ? path.length() : index;
    }
}
