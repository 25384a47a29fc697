package io.reliablemessage.deployment.documents;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.reliablemessage.deployment.Application;
import io.reliablemessage.testing.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What documents name is there: files, headings, modules, ports, tests and the parts of Maven's commands. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?://|mailto:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern TEST = Pattern.compile("`([A-Z][a-z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");
    private static final Pattern COMMAND = Pattern.compile("\\bmvn ([^`\n]+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z/-]+`.*?) \\|");
    private static final Pattern MODULE_AND_PORT = Pattern.compile("`([a-z/-]+)`(?: ?[(（][^)）\\d]*(\\d+)[)）])?");

    private final List<Document> documents = Document.all();
    private final Map<String, Path> tests = Document.filesOfTheProject()
            .filter(file -> file.toString().matches(".*/src/test/java/.*\\.java"))
            .collect(toMap(
                    file -> file.getFileName().toString().replace(".java", ""), file -> file, (one, other) -> one));
    private final Set<String> modules = modules();
    private final Set<String> profiles = matches(
            "<profile>\\s*(?:<!--.*?-->\\s*)?<id>(.+?)</id>",
            Project.text("pom.xml") + Project.text("build/application/pom.xml"));

    @Test
    void linksLeadSomewhere() {
        assertSoftly(softly -> documents.forEach(document -> LINK.matcher(document.prose())
                .results()
                .forEach(link -> softly.assertThat(leadsSomewhere(document, link.group(1), link.group(2)))
                        .as("%s links to %s", document.name(), link.group())
                        .isTrue())));
    }

    @Test
    void testsThatAreNamedAreThere() {
        assertSoftly(softly -> documents.forEach(document -> TEST.matcher(document.text())
                .results()
                .forEach(test -> softly.assertThat(isThere(test.group(1), test.group(2)))
                        .as("%s names the test %s", document.name(), test.group())
                        .isTrue())));
    }

    @Test
    void commandsNameModulesProfilesAndTestsThatAreThere() {
        assertSoftly(softly -> documents.forEach(document -> COMMAND.matcher(document.text())
                .results()
                .map(command -> command.group(1).strip())
                .forEach(command -> softly.assertThat(unknownIn(command))
                        .as("%s says: mvn %s", document.name(), command)
                        .isEmpty())));
    }

    @Test
    void metricsThatAreNamedAreListed() {
        var listed = matches(
                "`(reliable_message_\\w+)`",
                Document.read(Project.file("docs/metrics.md")).text());
        var watching = Document.filesOfTheProject()
                .filter(file -> file.startsWith(Project.file("observability")))
                .map(Document::read);

        assertSoftly(softly -> Stream.concat(documents.stream(), watching)
                .forEach(document -> matches("\\b(reliable_message_[a-z_]+)", document.prose())
                        .forEach(metric -> softly.assertThat(listed.contains(withoutSuffix(metric)))
                                .as("%s names the metric %s, docs/metrics.md does not", document.name(), metric)
                                .isTrue())));
    }

    /** Of the series that make up a summary or a histogram. */
    private static String withoutSuffix(String metric) {
        return metric.replaceFirst("(?<=_(?:seconds|size))_(?:bucket|count|sum|max)$", "");
    }

    @Test
    void theReadmesTableOfModulesIsComplete() {
        var ports = Arrays.stream(Application.values())
                .collect(toMap(Application::id, application -> String.valueOf(application.port())));

        assertSoftly(softly -> documents.stream()
                .filter(document -> document.name().matches("README(\\.zh-CN)?\\.md"))
                .forEach(readme -> {
                    var said = modulesAndPorts(readme);
                    softly.assertThat(modules)
                            .as("modules, of which %s knows more", readme.name())
                            .containsAll(said.keySet());
                    ports.forEach((module, port) -> softly.assertThat(said)
                            .as("ports that %s names", readme.name())
                            .containsEntry(module, port));
                }));
    }

    private static boolean leadsSomewhere(Document from, String path, @Nullable String anchor) {
        var to = path.isEmpty() ? from.file() : from.file().resolveSibling(path).normalize();
        return Files.exists(to)
                && (anchor == null || Document.read(to).anchors().contains(anchor));
    }

    private boolean isThere(String test, @Nullable String method) {
        var file = tests.get(test);
        return file != null && (method == null || Document.read(file).text().contains(" " + method + "("));
    }

    private String unknownIn(String command) {
        return Stream.of(
                        unknown(command, "-pl ([\\w,/-]+)", modules),
                        unknown(command, "-P([\\w,-]+)", profiles),
                        unknown(command, "-Dtest=([\\w,-]+)(?![\\w*])", tests.keySet()))
                .flatMap(unknown -> unknown)
                .collect(joining(", "));
    }

    private static Stream<String> unknown(String command, String option, Set<String> known) {
        return matches(option, command).stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .filter(name -> !known.contains(name));
    }

    /** The rows of the table that begin with modules, with the ports in brackets behind their names. */
    private Map<String, String> modulesAndPorts(Document readme) {
        var said = new TreeMap<String, String>();
        ROW.matcher(readme.prose())
                .results()
                .flatMap(row -> MODULE_AND_PORT.matcher(row.group(1)).results())
                .forEach(module -> said.put(module.group(1), module.group(2) == null ? "" : module.group(2)));
        return said;
    }

    /** By their paths from the project's directory. */
    private static Set<String> modules() {
        var modules = matches("<module>(.+?)</module>", Project.text("pom.xml"));
        matches("<module>(.+?)</module>", Project.text("sdk/pom.xml")).forEach(name -> modules.add("sdk/" + name));
        return modules;
    }

    private static Set<String> matches(String regex, String text) {
        return Pattern.compile(regex, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(toSet());
    }
}
