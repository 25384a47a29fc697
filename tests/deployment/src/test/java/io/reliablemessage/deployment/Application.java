package io.reliablemessage.deployment;

import static java.util.stream.Collectors.toMap;

import io.reliablemessage.deployment.documents.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** One of the four applications, as its own YAML and the metadata of its settings describe it. */
public enum Application {
    MESSAGE_SERVICE("io.reliablemessage.service.MessageServiceApplication"),
    STATUS_CHECKER("io.reliablemessage.checker.StatusCheckerApplication"),
    RECOVERY_JOB("io.reliablemessage.recovery.RecoveryJobApplication"),
    MESSAGE_ADMIN_UI("io.reliablemessage.adminui.MessageAdminUiApplication");

    /** ${NAME:default} and ${NAME}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::([^}]*))?}");

    /** What the JVM, the operating system or Boot reads before any application's settings. */
    private static final Set<String> WELL_KNOWN = Set.of(
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "TZ",
            "LANG",
            "SPRING_PROFILES_ACTIVE",
            "SPRING_CONFIG_ADDITIONAL_LOCATION");

    private final String mainClass;

    Application(String mainClass) {
        this.mainClass = mainClass;
    }

    /** Of its module, its jar, its image and its Spring configuration: {@code message-service}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String mainClass() {
        return mainClass;
    }

    /** Its default port. */
    public int port() {
        return Integer.parseInt(PLACEHOLDER
                .matcher(settings().getProperty("server.port"))
                .replaceAll(placeholder -> placeholder.group(2)));
    }

    /** Its YAML, flat: {@code message-service.registry.topics[0].name}. Placeholders are still there. */
    public Properties settings() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource(id() + ".yml"));
        return Objects.requireNonNull(yaml.getObject());
    }

    /** What its YAML reads from the environment, with its default; empty where it has none. */
    public Map<String, String> placeholders() {
        return settings().values().stream()
                .flatMap(value -> PLACEHOLDER.matcher(value.toString()).results())
                .collect(toMap(found -> found.group(1), Application::defaultOf, (one, other) -> one, TreeMap::new));
    }

    /** Its own settings, documented. */
    public List<Setting> ownSettings() {
        return Setting.ownOf(this);
    }

    /** Whether a variable of that name in its environment changes anything. */
    public boolean understands(String environmentName) {
        return WELL_KNOWN.contains(environmentName)
                || placeholders().containsKey(environmentName)
                || ownSettings().stream().anyMatch(setting -> setting.isSetBy(environmentName))
                || Setting.ofLibraries().stream().anyMatch(setting -> setting.isSetBy(environmentName));
    }

    private static String defaultOf(MatchResult placeholder) {
        return placeholder.group(2) == null ? "" : placeholder.group(2);
    }
}
