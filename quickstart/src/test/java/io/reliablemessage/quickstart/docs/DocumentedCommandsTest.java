package io.reliablemessage.quickstart.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.quickstart.launch.QuickstartJvm;
import io.reliablemessage.testing.Project;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands of these documents, run in a shell, give the answers that stand below them. */
class DocumentedCommandsTest {

    private static final List<String> DOCUMENTS =
            List.of("docs/walkthrough.md", "docs/getting-started.md", "docs/operations/keys-and-secrets.md");
    private static final Pattern STEP = Pattern.compile("```sh\n(.*?)```.*?```json\n(.*?)```", Pattern.DOTALL);
    private static final String ANYTHING = "…";

    private record Step(String commands, JsonNode answer) {}

    private final JsonMapper json = new JsonMapper();

    @Test
    void commandsGiveTheAnswersShown(@TempDir Path directory) throws IOException, InterruptedException {
        var steps = new ArrayList<Step>();
        for (var document : DOCUMENTS) {
            steps.addAll(stepsOf(document));
        }
        try (var quickstart =
                QuickstartJvm.start(directory, "--quickstart.scenarios=false").awaitReady()) {
            run(steps, quickstart, directory);
        }
        for (int i = 0; i < steps.size(); i++) {
            var output = Files.readString(directory.resolve("answer-" + i));
            assertSame(steps.get(i).answer, json.readTree(output), output);
        }
    }

    /** In one shell, since a later step uses what an earlier one has set. */
    private static void run(List<Step> steps, QuickstartJvm quickstart, Path directory)
            throws IOException, InterruptedException {
        var script = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            script.append("{\n")
                    .append(steps.get(i).commands)
                    .append("} > answer-")
                    .append(i)
                    .append('\n');
        }
        var service = quickstart.address("message-service");
        var shop = quickstart.address("shop");
        var commands = script.toString()
                .replace("localhost:8080", service.getAuthority())
                .replace("localhost:8085", shop.getAuthority());
        var shell = new ProcessBuilder("bash", "-c", commands)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "errors"))
                .start();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(directory.resolve("errors"))).isEmpty();
    }

    private List<Step> stepsOf(String document) {
        var steps = new ArrayList<Step>();
        var matcher = STEP.matcher(Project.text(document));
        while (matcher.find()) {
            steps.add(new Step(matcher.group(1), json.readTree(matcher.group(2))));
        }
        assertThat(steps).as(document).hasSizeGreaterThan(2);
        return steps;
    }

    private static void assertSame(JsonNode expected, JsonNode actual, String output) {
        if (expected.isString() && expected.asString().equals(ANYTHING)) {
            assertThat(actual.isMissingNode()).as(output).isFalse();
        } else if (expected.isObject()) {
            assertThat(actual.propertyNames()).as(output).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
            expected.propertyNames().forEach(name -> assertSame(expected.path(name), actual.path(name), output));
        } else if (expected.isArray()) {
            assertThat(actual).as(output).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertSame(expected.path(i), actual.path(i), output);
            }
        } else {
            assertThat(actual).as(output).isEqualTo(expected);
        }
    }
}
