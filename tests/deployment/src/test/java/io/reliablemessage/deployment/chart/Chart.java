package io.reliablemessage.deployment.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import com.marcnuri.helm.jni.NativeLibrary;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The chart in {@code helm/}, rendered by Helm's own code for each of the example values in {@code helm/ci}.
 *
 * <p>That code is native. Where there is none for a platform, the tests of the chart are skipped and say so; CI
 * refuses what is skipped.
 */
final class Chart {

    static final Path DIRECTORY = Project.file("helm");
    static final String RELEASE = "rm";
    static final String NAMESPACE = "messaging";

    private static final Path EXAMPLES = DIRECTORY.resolve("ci");
    private static final String HOOK = "    helm.sh/hook: test\n";
    private static final Path WITHOUT_HOOKS = withoutHooks();
    private static final Map<String, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

    private Chart() {}

    static boolean canBeRendered() {
        return ServiceLoader.load(NativeLibrary.class).findFirst().isPresent();
    }

    /** The names of the example values. */
    static Stream<String> examples() {
        try (var files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Every object of an installation with these values. */
    static List<Manifest> rendered(String example) {
        return RENDERED.computeIfAbsent(
                example, name -> Manifest.parse(template(name).call()));
    }

    /**
     * Renders the minimal values with these on top.
     *
     * @param settings name and value in turn, as with {@code --set}
     * @throws IllegalStateException with Helm's message, if the values are refused
     */
    static List<Manifest> renderedWith(String... settings) {
        var command = template("minimal");
        for (int i = 0; i < settings.length; i += 2) {
            command.set(settings[i], settings[i + 1]);
        }
        return Manifest.parse(command.call());
    }

    /** The chart's own values with the example's over them. */
    static Map<String, Object> values(String example) {
        return Values.over(Values.read(DIRECTORY.resolve("values.yaml")), Values.read(file(example)));
    }

    static Helm helm() {
        return new Helm(DIRECTORY);
    }

    private static TemplateCommand template(String example) {
        return new Helm(WITHOUT_HOOKS)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.34.0") // the library believes in 1.20 otherwise
                .withValuesFile(file(example));
    }

    /**
     * Helm keeps hooks apart, and the library leaves them out of its answer. In a copy they are
     * objects like the others.
     */
    private static Path withoutHooks() {
        try (var files = Files.walk(DIRECTORY, FileVisitOption.FOLLOW_LINKS)) {
            var copy = Path.of("target", "chart");
            FileSystemUtils.deleteRecursively(copy);
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = copy.resolve(DIRECTORY.relativize(file));
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replace(HOOK, ""));
            }
            return copy;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path file(String example) {
        return EXAMPLES.resolve(example + ".yaml");
    }
}
