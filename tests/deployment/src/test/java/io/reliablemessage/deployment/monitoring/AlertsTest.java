package io.reliablemessage.deployment.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reliablemessage.testing.Project;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts fire when they should, and say what is to be done. */
class AlertsTest {

    private static final Path DIRECTORY = Project.file("observability/rules");
    private static final Pattern ALERT = Pattern.compile("^ +- alert: (\\w+)\\n((?: {8}.*\\n)+)", Pattern.MULTILINE);
    private static final Pattern SECTION = Pattern.compile("^### (.+)$", Pattern.MULTILINE);

    @Test
    void eachFiresWhenItShouldAndNotBefore() throws IOException, InterruptedException {
        run("check", "rules", "reliable-message.yml");
        run("test", "rules", "reliable-message.test.yml");
    }

    @Test
    void eachIsTestedToFire() throws IOException {
        var tests = Files.readString(DIRECTORY.resolve("reliable-message.test.yml"));
        var firing = Pattern.compile("alertname: (\\w+)\\n +exp_alerts:")
                .matcher(tests)
                .results()
                .map(FIRST);
        var quiet = Pattern.compile("alertname: (\\w+)\\n(?! +exp_alerts:)")
                .matcher(tests)
                .results()
                .map(FIRST);

        assertThat(firing).containsExactlyInAnyOrderElementsOf(names());
        assertThat(quiet.distinct()).containsExactlyInAnyOrderElementsOf(names());
    }

    @Test
    void eachSaysHowBadItIsAndWhereToReadOn() throws IOException {
        assertThat(alerts().toList())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.group(2))
                        .contains(" for: ", " summary: ", " description: ")
                        .containsPattern(" severity: (critical|warning)\\n")
                        .contains(" runbook_url: docs/operations/alerts.md#"
                                + alert.group(1).toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.md", "alerts.zh-CN.md"})
    void eachHasItsSectionInTheRunbookAndEachSectionItsAlert(String file) throws IOException {
        var runbook = Project.text("docs/operations/" + file);

        assertThat(SECTION.matcher(runbook).results().map(FIRST)).containsExactlyElementsOf(names());
    }

    private static final java.util.function.Function<MatchResult, String> FIRST = match -> match.group(1);

    private static List<String> names() throws IOException {
        return alerts().map(FIRST).toList();
    }

    private static Stream<MatchResult> alerts() throws IOException {
        return ALERT.matcher(Files.readString(DIRECTORY.resolve("reliable-message.yml")))
                .results();
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of(promtool().toString()), Arrays.stream(arguments));
        var output = File.createTempFile("promtool", ".txt");
        var promtool = new ProcessBuilder(command.toList())
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        assertThat(promtool.waitFor()).as(Files.readString(output.toPath())).isZero();
        Files.delete(output.toPath());
    }

    /** Skips the test where there is no promtool, unless it is required. */
    private static Path promtool() {
        var found = find();
        if (!Boolean.parseBoolean(System.getenv("TEST_REQUIRE_PROMTOOL"))) {
            assumeTrue(found.isPresent(), "No promtool on the path");
        }
        return found.orElseThrow(() ->
                new AssertionError("Install promtool (Debian's package prometheus): TEST_REQUIRE_PROMTOOL is set"));
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
