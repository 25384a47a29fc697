package io.reliablemessage.deployment.image;

import io.reliablemessage.deployment.Application;
import io.reliablemessage.testing.Project;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** The project's docker-compose.yml. */
record Compose(List<Service> services) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z_]+)(?::([-?])([^}]*))?}");

    @SuppressWarnings("unchecked")
    record Service(String name, Map<String, Object> settings) {

        /** What its image is built with; empty where it is somebody else's. */
        Map<String, Object> buildArguments() {
            var build = (Map<String, Object>) settings.getOrDefault("build", Map.of());
            return (Map<String, Object>) build.getOrDefault("args", Map.of());
        }

        /** As it is written: with references to what .env says. */
        Map<String, String> environment() {
            var all = new TreeMap<String, String>();
            ((Map<String, Object>) settings.getOrDefault("environment", Map.of()))
                    .forEach((name, value) -> all.put(name, String.valueOf(value)));
            return all;
        }

        /** As the container sees it. */
        Map<String, String> environmentWith(Map<String, String> dotEnv) {
            var all = new TreeMap<String, String>();
            environment()
                    .forEach((name, value) -> all.put(
                            name,
                            REFERENCE
                                    .matcher(value)
                                    .replaceAll(found -> Matcher.quoteReplacement(dotEnv.getOrDefault(
                                            found.group(1), found.group(3) == null ? "" : found.group(3))))));
            return all;
        }

        List<String> list(String setting) {
            return (List<String>) settings.getOrDefault(setting, List.of());
        }

        Map<String, Map<String, String>> dependencies() {
            return (Map<String, Map<String, String>>) settings.getOrDefault("depends_on", Map.of());
        }

        @Nullable
        Application application() {
            return Stream.of(Application.values())
                    .filter(application ->
                            application.id().equals(buildArguments().get("APPLICATION")))
                    .findFirst()
                    .orElse(null);
        }

        /** Inside the container: {@code 127.0.0.1:8080:8080}. */
        List<Integer> publishedPorts() {
            return list("ports").stream()
                    .map(port -> Integer.parseInt(port.substring(port.lastIndexOf(':') + 1)))
                    .toList();
        }
    }

    @SuppressWarnings("unchecked")
    static Compose read() {
        var file = new Yaml().<Map<String, Object>>load(Project.text("docker-compose.yml"));
        var services = (Map<String, Map<String, Object>>) file.getOrDefault("services", Map.of());
        return new Compose(services.entrySet().stream()
                .map(service -> new Service(service.getKey(), service.getValue()))
                .toList());
    }

    Service service(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Names that the file takes from .env and cannot do without. */
    static List<String> required() {
        return references("?");
    }

    /** Names that it takes from there if they are set. */
    static List<String> optional() {
        return references("-");
    }

    private static List<String> references(String kind) {
        return REFERENCE
                .matcher(Project.text("docker-compose.yml"))
                .results()
                .filter(found -> kind.equals(found.group(2)))
                .map(found -> found.group(1))
                .distinct()
                .sorted()
                .toList();
    }
}
