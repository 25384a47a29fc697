package io.reliablemessage.deployment.documents;

import static java.util.stream.Collectors.joining;

import io.reliablemessage.deployment.Application;
import io.reliablemessage.deployment.Yaml;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can be configured of one application, as rows of a document. */
final class ConfigurationTable {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+):?(.*)}");
    private static final Pattern OF_ONE = Pattern.compile("(?:java\\.util\\.)?(List|Set)<(.+)>");
    private static final Pattern OF_NAMED = Pattern.compile("java\\.util\\.Map<java\\.lang\\.String,(.+)>");
    private static final Pattern CODE = Pattern.compile("\\{@code (.+?)}");

    private static final String BY_NAME = "by name, ";
    private static final String LIST_OF = "list of ";
    private static final String RECORDS = "these:";
    private static final String LIST_OF_RECORDS = LIST_OF + RECORDS;

    private static final Map<String, String> TYPES = Map.of(
            "java.lang.String", "text",
            "java.net.URI", "address",
            "java.lang.Integer", "number",
            "java.lang.Double", "number",
            "java.lang.Boolean", "true or false",
            "java.time.Duration", "duration",
            "java.time.Instant", "instant",
            "org.springframework.util.unit.DataSize", "size");

    private final Application application;
    private final List<Setting> own;
    private final Yaml yaml;
    private final Map<String, String> saidByLibraries;

    /** @param environment the variable that sets it; empty: none can */
    record Row(String name, String type, String inForce, String environment, String says) {

        String own() {
            return "| `%s` | %s | %s | %s | %s |\n".formatted(name, type, code(inForce), code(environment), cell(says));
        }

        String ofSpring() {
            return "| `%s` | %s | %s | %s |\n".formatted(name, code(inForce), code(environment), cell(says));
        }

        private static String code(String text) {
            return text.isEmpty() ? "" : "`" + cell(text) + "`";
        }

        private static String cell(String text) {
            return text.replace("|", "\\|");
        }
    }

    ConfigurationTable(Application application) {
        this.application = application;
        this.own = application.ownSettings();
        this.yaml = Yaml.of(application);
        this.saidByLibraries = Setting.ofLibraries().stream()
                .filter(setting -> setting.description() != null)
                .collect(java.util.stream.Collectors.toMap(
                        Setting::name, setting -> Objects.requireNonNull(setting.description()), (one, other) -> one));
    }

    /** Its own settings, in the order of their names. */
    List<Row> own() {
        return own.stream()
                .flatMap(ConfigurationTable::withMembers)
                .sorted(Comparator.comparing(Setting::name))
                .map(setting -> row(
                        setting.name(),
                        typeOf(setting.type()),
                        yaml.valueOf(setting.name(), otherwise(setting)),
                        CODE.matcher(Objects.requireNonNullElse(setting.description(), ""))
                                .replaceAll("`$1`")
                                .replaceAll("\\s+", " ")))
                .toList();
    }

    /**
     * What its YAML sets of Spring Boot's. What it switches off of other applications on the class
     * path is nobody's business.
     */
    List<Row> ofSpring() {
        return yaml.values().entrySet().stream()
                .filter(value -> !value.getKey().startsWith(application.id() + "."))
                .filter(value -> !value.getKey().equals("spring.autoconfigure.exclude"))
                .map(value -> row(value.getKey(), "", value.getValue(), why(value.getKey())))
                .toList();
    }

    /** The metadata has it as JSON. */
    private static String otherwise(Setting setting) {
        return setting.defaultValue() == null ? "" : setting.defaultValue().replaceAll("[\\[\\]\"]", "");
    }

    private String why(String name) {
        var comment = yaml.commentOn(name);
        return comment.isEmpty()
                ? saidByLibraries
                        .getOrDefault(name, "")
                        .replaceAll("(?s)(?<=\\.)\\s.*", "")
                        .strip()
                : comment;
    }

    private static Stream<Setting> withMembers(Setting setting) {
        return Stream.concat(
                Stream.of(setting), setting.membersOfElements().stream().flatMap(ConfigurationTable::withMembers));
    }

    private static Row row(String name, String type, String value, String says) {
        var placeholder = PLACEHOLDER.matcher(value);
        return placeholder.matches()
                ? new Row(name, type, placeholder.group(2), placeholder.group(1), says)
                : new Row(name, type, value, environmentOf(name, type), says);
    }

    /** As Spring reads it: dots become underscores, dashes go, a place in a list is a number. */
    private static String environmentOf(String name, String type) {
        if (type.equals(LIST_OF_RECORDS) || !name.equals(name.toLowerCase(Locale.ROOT))) {
            return ""; // only the members of records have one, and a driver's own names are case-sensitive
        }
        var environment =
                name.replace("[]", ".0").replace(".", "_").replace("-", "").toUpperCase(Locale.ROOT);
        return type.startsWith(BY_NAME) ? environment + "_NAME" : environment;
    }

    private static String typeOf(String type) {
        var one = OF_ONE.matcher(type);
        var named = OF_NAMED.matcher(type);
        if (one.matches()) {
            return LIST_OF + typeOf(one.group(2));
        }
        if (named.matches()) {
            return BY_NAME + typeOf(named.group(1));
        }
        return TYPES.containsKey(type) ? Objects.requireNonNull(TYPES.get(type)) : ofOurs(type);
    }

    private static String ofOurs(String type) {
        try {
            var ours = Class.forName(type, false, ConfigurationTable.class.getClassLoader());
            if (ours.isRecord()) {
                return RECORDS;
            }
            return Arrays.stream(Objects.requireNonNull(ours.getEnumConstants(), "no word for " + type))
                    .map(constant -> "`" + ((Enum<?>) constant).name().toLowerCase(Locale.ROOT) + "`")
                    .collect(joining(", "));
        } catch (ClassNotFoundException unknown) {
            throw new IllegalStateException(unknown);
        }
    }
}
