package io.reliablemessage.deployment.image;

import static io.reliablemessage.deployment.Application.RECOVERY_JOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reliablemessage.deployment.Application;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does without an engine what the Dockerfile has it do, with the runnable jars of this build. */
@Tag("faults")
class ImageRunTest {

    private final Dockerfile dockerfile = Dockerfile.read();

    @TempDir
    private Path directory;

    @BeforeAll
    static void isAsNewAsTheImages() {
        assumeTrue(Runtime.version().feature() >= 25, "caches as the images' want Java 25");
    }

    @ParameterizedTest
    @EnumSource
    void isTrainedWithoutDatabaseBrokerOrService(Application application) throws Exception {
        assertThat(built(application).resolve("application.aot")).isNotEmptyFile();
    }

    @Test
    void startsWithTheCacheAndWithoutAndTellsWhenItIsReady() throws Exception {
        var image = built(RECOVERY_JOB);

        becomesReady(image, Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on")); // refuses to start unless the cache fits
        Files.delete(image.resolve("application.aot"));
        becomesReady(image, Map.of());
    }

    private void becomesReady(Path image, Map<String, String> more) throws Exception {
        int port = RunHere.freePort();
        var environment = new HashMap<>(more);
        environment.put("MESSAGE_SERVICE_URL", "http://127.0.0.1:" + RunHere.freePort());
        environment.put("WORKER_KEY", "a-key-0123456789-0123456789-0123456789");
        environment.put("RECOVERY_JOB_PORT", Integer.toString(port));
        environment.put("PORT", Integer.toString(port));
        var health = dockerfile.the("HEALTHCHECK").words();
        assertThat(run(image, environment, health))
                .as("healthy before it is started")
                .isNotZero();

        var container = start(image, environment, dockerfile.the("ENTRYPOINT").words());
        try {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        assertThat(container.isAlive())
                                .as(Files.readString(image.resolve("log")))
                                .isTrue();
                        return run(image, environment, health) == 0;
                    });
        } finally {
            container.destroy();
            container.waitFor();
        }
    }

    /** The image's directory, as the RUN and COPY lines make it. */
    private Path built(Application application) throws Exception {
        var build = Files.createDirectories(directory.resolve(application.id() + "-build"));
        var image = Files.createDirectories(directory.resolve(application.id()));
        try (var jars = Files.newDirectoryStream(Project.file(application.id() + "/target"), "*-exec.jar")) {
            Files.copy(jars.iterator().next(), build.resolve("application.jar"));
        }
        var arguments = Map.of("APPLICATION", application.id());
        assertThat(shell(build, arguments, dockerfile.runThatContains("jarmode")))
                .isZero();
        for (var copy : dockerfile
                .all("COPY")
                .filter(line -> line.startsWith("--from=build "))
                .toList()) {
            var from = copy.split(" ")[1].replace("/build/", "");
            assertThat(shell(build, arguments, "cp -r %s. %s/".formatted(from, image)))
                    .isZero();
        }
        assertThat(shell(image, arguments, dockerfile.runThatContains("AOTCacheOutput")))
                .as(() -> RunHere.text(image.resolve("log")))
                .isZero();
        return image;
    }

    private static int shell(Path at, Map<String, String> environment, String command) throws Exception {
        return run(at, environment, List.of("bash", "-c", command));
    }

    private static int run(Path at, Map<String, String> environment, List<String> command) throws Exception {
        return start(at, environment, command).waitFor();
    }

    private static Process start(Path at, Map<String, String> environment, List<String> command) throws IOException {
        var words = new ArrayList<>(command);
        var java = Path.of(System.getProperty("java.home"), "bin");
        if (words.getFirst().equals("java")) {
            words.set(0, java.resolve("java").toString());
        }
        var process = new ProcessBuilder(words)
                .directory(at.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(at.resolve("log").toFile()));
        process.environment().clear();
        process.environment().put("PATH", java + ":" + System.getenv("PATH"));
        process.environment().putAll(environment);
        return process.start();
    }
}
