package io.reliablemessage.deployment.documents;

import io.reliablemessage.deployment.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A setting, as the Spring configuration metadata on the class path describes it.
 *
 * @param name such as {@code message-service.registry.secret-keys}
 * @param type its Java type
 * @param description null: nobody wrote one
 * @param defaultValue as JSON; null: none that the metadata knows
 */
public record Setting(
        String name,
        String type,
        @Nullable String description,
        @Nullable String defaultValue) {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Pattern LIST_OF_OURS = Pattern.compile("java\\.util\\.List<(io\\.reliablemessage\\..+)>");
    private static final Pattern OF_MANY = Pattern.compile("java\\.util\\.(List|Set|Collection|Map)<.*|.*Map|.*\\[]");

    /** Those that the jar of this application brings. */
    public static List<Setting> ownOf(Application application) {
        try {
            var classes = Class.forName(application.mainClass())
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation();
            return metadata().stream()
                    .filter(file -> file.toString().contains(classes.getPath()))
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** Those that Spring and the other libraries on the class path bring. */
    public static List<Setting> ofLibraries() {
        return metadata().stream()
                .flatMap(file -> read(file).stream())
                .filter(setting -> Arrays.stream(Application.values())
                        .noneMatch(application -> setting.name().startsWith(application.id() + ".")))
                .toList();
    }

    /**
     * Whether a variable of that name gives it a value, or one of its elements:
     * MESSAGE_SERVICE_REGISTRY_SECRET_KEYS_0_ID, with the dashes as '_' or left out.
     */
    public boolean isSetBy(String environmentName) {
        var path = name.toUpperCase(Locale.ROOT).replace('.', '_');
        return isSetBy(environmentName, path.replace('-', '_')) || isSetBy(environmentName, path.replace("-", ""));
    }

    private boolean isSetBy(String environmentName, String own) {
        return environmentName.equals(own) || OF_MANY.matcher(type).matches() && environmentName.startsWith(own + "_");
    }

    /** Of a list of records of ours: what each of them has, which stands in a file of its own. */
    List<Setting> membersOfElements() {
        var element = LIST_OF_OURS.matcher(type);
        if (!element.matches()) {
            return List.of();
        }
        var file = "META-INF/spring/configuration-metadata/%s.json".formatted(element.group(1));
        return read(Objects.requireNonNull(Setting.class.getClassLoader().getResource(file), file)).stream()
                .map(member ->
                        new Setting(name + "[]." + member.name, member.type, member.description, member.defaultValue))
                .toList();
    }

    private static List<URL> metadata() {
        try {
            return Collections.list(Setting.class.getClassLoader().getResources(METADATA));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Setting> read(URL file) {
        try (var in = file.openStream()) {
            var settings = new ArrayList<Setting>();
            for (var property : JsonMapper.shared().readTree(in).path("properties")) {
                // One that only says what took its place does nothing any more.
                if (!property.path("deprecation").path("level").asString("").equals("error")) {
                    settings.add(of(property));
                }
            }
            return settings;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Setting of(JsonNode property) {
        var value = property.get("defaultValue");
        return new Setting(
                property.get("name").asString(),
                property.path("type").asString(""),
                property.path("description").asString(null),
                value == null ? null : value.toString());
    }
}
