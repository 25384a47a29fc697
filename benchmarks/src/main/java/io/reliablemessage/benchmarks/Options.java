package io.reliablemessage.benchmarks;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parsed command line.
 *
 * @param service settings of message-service: whatever has a dot in its name
 */
record Options(Map<Option, String> values, Map<String, String> service) {

    static Options of(String... arguments) {
        var isQuick = Arrays.asList(arguments).contains("--quick");
        var values = new EnumMap<Option, String>(Option.class);
        for (var option : Option.values()) {
            values.put(option, isQuick ? option.quick : option.usual);
        }
        var service = new LinkedHashMap<String, String>();
        for (var argument : arguments) {
            if (!argument.equals("--quick")) {
                take(argument, values, service);
            }
        }
        return new Options(values, service);
    }

    private static void take(String argument, Map<Option, String> values, Map<String, String> service) {
        var parts = argument.split("=", 2);
        if (parts.length < 2 || !argument.startsWith("--")) {
            throw new IllegalArgumentException("What is %s? Options are:%n%s".formatted(argument, help()));
        }
        var name = parts[0].substring(2);
        if (name.contains(".")) {
            service.put(name, parts[1]);
        } else {
            values.put(named(name), parts[1]);
        }
    }

    private static Option named(String name) {
        return Arrays.stream(Option.values())
                .filter(option -> option.flag().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no option --%s. Options are:%n%s".formatted(name, help())));
    }

    private static String help() {
        var options = Arrays.stream(Option.values())
                .map(option ->
                        "  --%-26s %s".formatted("%s=%s".formatted(option.flag(), option.usual), option.explanation))
                .collect(joining("%n".formatted()));
        return options
                + "%n  --%-26s %s%n  --%-26s %s"
                        .formatted(
                                "quick", "seconds of everything, to see that it works",
                                "<any.setting>=value", "given to message-service");
    }

    String text(Option option) {
        return values.getOrDefault(option, option.usual);
    }

    int number(Option option) {
        return Integer.parseInt(text(option));
    }

    boolean isOn(Option option) {
        return Boolean.parseBoolean(text(option));
    }

    Duration seconds(Option option) {
        return Duration.ofSeconds(number(option));
    }

    /** The settings that differ in the second service; empty: there is none. */
    Map<String, String> against() {
        var settings = new LinkedHashMap<String, String>();
        for (var setting : text(Option.AGAINST).split(",", -1)) {
            var parts = setting.split("=", 2);
            if (parts.length == 2) {
                settings.put(parts[0], parts[1]);
            } else if (!setting.isBlank()) {
                throw new IllegalArgumentException("--against takes name=value, not " + setting);
            }
        }
        return settings;
    }

    List<Scenario> scenarios() {
        return text(Option.SCENARIO).equals("all")
                ? Scenario.ofMessages()
                : Arrays.stream(text(Option.SCENARIO).split(",", -1))
                        .map(Scenario::named)
                        .toList();
    }
}
