package io.reliablemessage.quickstart.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On the class path that they share, the applications are what they are in their own jars. */
@Tag("slow")
class AutoConfigurationsIT {

    enum Application {
        MESSAGE_SERVICE(
                "message-service",
                "io.reliablemessage.service.MessageServiceApplication",
                ServiceSettings.LIKE_ITS_OWN_JAR),
        STATUS_CHECKER("status-checker", "io.reliablemessage.checker.StatusCheckerApplication", Map.of()),
        RECOVERY_JOB("recovery-job", "io.reliablemessage.recovery.RecoveryJobApplication", Map.of()),
        MESSAGE_ADMIN_UI("message-admin-ui", "io.reliablemessage.adminui.MessageAdminUiApplication", Map.of());

        private final String module;
        private final String mainClass;
        private final Map<String, String> quickstartSettings;

        Application(String module, String mainClass, Map<String, String> quickstartSettings) {
            this.module = module;
            this.mainClass = mainClass;
            this.quickstartSettings = quickstartSettings;
        }
    }

    /**
     * Hides a kind of parameter from the API's description that no handler has. Inside of another, it
     * cannot be excluded alone.
     */
    private static final Set<String> OF_NO_CONSEQUENCE = Set.of(
            "org.springdoc.core.configuration.SpringDocSecurityConfiguration$SpringDocSecurityOAuth2ClientConfiguration");

    @ParameterizedTest
    @EnumSource
    void autoConfiguresWhatItsOwnJarDoes(Application application) throws IOException {
        var jar = startFromItsJar(application); // both at a time
        var quickstart = startInTheQuickstart(application);
        var inItsOwnJar = found(jar);
        var inTheQuickstart = found(quickstart);
        inTheQuickstart.removeAll(OF_NO_CONSEQUENCE);

        assertThat(inItsOwnJar).as("in its own jar").isNotEmpty();
        assertThat(inTheQuickstart).as("in the quickstart").isEqualTo(inItsOwnJar);
    }

    private static Process startFromItsJar(Application application) throws IOException {
        return start(
                List.of(
                        "-Dloader.main=" + ConfigurationProbe.class.getName(),
                        "-Dloader.path=" + RuntimeClassPath.TEST_CLASSES,
                        "-cp",
                        Project.runnableJar(application.module).toString(),
                        "org.springframework.boot.loader.launch.PropertiesLauncher"),
                application,
                Map.of());
    }

    private static Process startInTheQuickstart(Application application) throws IOException {
        return start(
                List.of("-cp", RuntimeClassPath.withTestClasses(), ConfigurationProbe.class.getName()),
                application,
                application.quickstartSettings);
    }

    private static Process start(List<String> start, Application application, Map<String, String> settings)
            throws IOException {
        var command = new ArrayList<>(List.of(RuntimeClassPath.java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(start);
        command.add(application.mainClass);
        command.add("--spring.config.name=" + application.module);
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static Set<String> found(Process process) {
        var found = new TreeSet<String>();
        var everything = new ArrayList<String>();
        process.inputReader().lines().peek(everything::add).forEach(line -> {
            if (line.startsWith(ConfigurationProbe.PREFIX)) {
                found.add(line.substring(ConfigurationProbe.PREFIX.length()));
            }
        });
        assertThat(process.onExit().join().exitValue())
                .as("end of the other JVM:%n%s", String.join("\n", everything))
                .isZero();
        return found;
    }
}
