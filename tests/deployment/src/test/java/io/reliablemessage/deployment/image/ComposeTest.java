package io.reliablemessage.deployment.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reliablemessage.deployment.Application;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What docker-compose.yml says, against the applications as they are. */
class ComposeTest {

    private static final Compose COMPOSE = Compose.read();
    private static final Pattern ADDRESS = Pattern.compile("(?:http|jdbc:postgresql)://([a-z-]+):(\\d+)");

    static Stream<Compose.Service> services() {
        return COMPOSE.services().stream();
    }

    static Stream<Compose.Service> applications() {
        return services().filter(service -> service.application() != null);
    }

    @ParameterizedTest
    @EnumSource
    void runsEachApplicationUnderItsOwnName(Application application) {
        var service = COMPOSE.service(application.id());

        assertThat(service.buildArguments())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("APPLICATION", application.id(), "PORT", application.port()));
        assertThat(service.settings()).containsEntry("image", "reliable-message/" + application.id());
        assertThat(service.publishedPorts()).isSubsetOf(application.port());
    }

    @ParameterizedTest
    @MethodSource("applications")
    void tellsAnApplicationOnlyWhatItUnderstands(Compose.Service service) {
        var application = Objects.requireNonNull(service.application());

        assertThat(service.environment().keySet())
                .allSatisfy(name -> assertThat(application.understands(name))
                        .as("%s understands %s", service.name(), name)
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("services")
    void waitsForWhomItCallsUntilTheyAreHealthy(Compose.Service service) {
        var called = ADDRESS.matcher(String.join(" ", service.environment().values()))
                .results()
                .map(found -> found.group(1))
                .filter(host -> !host.equals(service.name()))
                .toList();

        assertThat(service.dependencies().keySet()).containsAll(called);
        service.dependencies().forEach((name, wait) -> {
            assertThat(wait).containsEntry("condition", "service_healthy");
            var dependency = COMPOSE.service(name);
            assertThat(dependency.settings().containsKey("healthcheck")
                            || dependency.settings().containsKey("build"))
                    .as("%s knows whether it is healthy", name)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void callsApplicationsWhereTheyListen(Compose.Service service) {
        ADDRESS.matcher(String.join(" ", service.environment().values()))
                .results()
                .filter(found -> !found.group(1).contains("postgres"))
                .forEach(found -> assertThat(COMPOSE.service(found.group(1)).buildArguments())
                        .containsEntry("PORT", Integer.valueOf(found.group(2))));
    }

    @Test
    void hasNoSecretOfItsOwn() {
        assertThat(services().flatMap(service -> service.environment().entrySet().stream()))
                .filteredOn(entry -> entry.getKey().matches(".*(PASSWORD|PASS|SECRET|_KEY|KEYS_0_VALUE)"))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.getValue()).matches("\\$\\{[A-Z_]+:\\?[^}]+}"));
    }

    @Test
    void theExampleNamesEverySecretAndFillsInNone() {
        assertThat(DotEnv.example().keySet()).containsExactlyInAnyOrderElementsOf(Compose.required());
        assertThat(DotEnv.example().values())
                .allSatisfy(value -> assertThat(value).isEmpty());
        assertThat(DotEnv.suggestions().keySet()).containsExactlyInAnyOrderElementsOf(Compose.optional());
    }

    @ParameterizedTest
    @MethodSource("services")
    void givesNobodyMoreThanNeeded(Compose.Service service) {
        assertThat(service.settings()).containsKeys("mem_limit", "cpus", "restart");
        assertThat(service.list("security_opt")).containsExactly("no-new-privileges:true");
        if (!service.name().equals("rabbitmq")) { // its image is not made for it
            assertThat(service.settings()).containsEntry("read_only", true).containsKey("tmpfs");
        }
    }

    @Test
    void theFirstApplicationsHaveTheirKeys() throws ClassNotFoundException {
        var registry = bind(
                COMPOSE.service("message-service"),
                "message-service.registry",
                "io.reliablemessage.service.registry.RegistryProperties");

        assertThat(registry)
                .contains("SecretKey[id=first]", "allowedAddresses=[shop]")
                .containsPattern("Application\\[name=workers, keys=\\[Key\\[roles=\\[WORKER]")
                .containsPattern("Application\\[name=console, keys=\\[Key\\[roles=\\[CONSOLE]")
                .containsPattern("Application\\[name=monitoring, keys=\\[Key\\[roles=\\[VIEWER]")
                .containsPattern("Application\\[name=stock, keys=\\[Key\\[roles=\\[CONSUMER]");
    }

    @Test
    void theConsoleHasItsFirstUser() throws ClassNotFoundException {
        var login = bind(
                COMPOSE.service("message-admin-ui"),
                "message-admin-ui.login",
                "io.reliablemessage.adminui.login.LoginProperties");

        assertThat(login).contains("User[name=admin, role=ADMIN]");
    }

    /** The broker's administrator reads all queues, and publishes to them. */
    @Test
    void theSampleConsumesAsAUserOfItsOwn() {
        assertThat(COMPOSE.service("shop").environment())
                .containsEntry("SPRING_RABBITMQ_USERNAME", "shop")
                .containsEntry(
                        "SPRING_RABBITMQ_PASSWORD",
                        COMPOSE.service("rabbitmq").environment().get("SHOP_BROKER_PASSWORD"));
        assertThat(COMPOSE.service("rabbitmq").environment()).doesNotContainEntry("RABBITMQ_DEFAULT_USER", "shop");
    }

    @Test
    void prometheusAsksEveryApplicationAndTheBroker() {
        var targets = Pattern.compile("targets: \\[([a-z-]+:\\d+)]")
                .matcher(Project.text("observability/prometheus.yml"))
                .results()
                .map(found -> found.group(1));

        assertThat(targets)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of(Application.values())
                                        .map(application -> application.id() + ":" + managementPort(application)),
                                Stream.of("rabbitmq:15692"))
                        .toList());
    }

    /** Metrics and health are not for the console's users. */
    @Test
    void theConsolesManagementPortIsNotPublished() {
        assertThat(managementPort(Application.MESSAGE_ADMIN_UI)).isEqualTo("8091");
        assertThat(COMPOSE.service("message-admin-ui").publishedPorts()).containsExactly(8090);
    }

    private static String managementPort(Application application) {
        return COMPOSE.service(application.id())
                .environment()
                .getOrDefault("MESSAGE_ADMIN_UI_MANAGEMENT_PORT", String.valueOf(application.port()));
    }

    @Test
    void mountsOnlyWhatIsThere() {
        assertThat(services().flatMap(service -> service.list("volumes").stream()))
                .filteredOn(volume -> volume.startsWith("./"))
                .isNotEmpty()
                .allSatisfy(
                        volume -> assertThat(Project.file(volume.split(":")[0])).exists());
    }

    /** The oldest that we promise to work with, and the strictest about unknown words. */
    @Test
    void composeItselfAcceptsIt(@TempDir Path directory) throws Exception {
        assumeTrue(isInstalled("docker-compose"), "no docker-compose on the path");
        var dotEnv = Files.write(
                directory.resolve("env"),
                DotEnv.filledIn().entrySet().stream()
                        .map(entry -> entry.getKey() + "='" + entry.getValue() + "'")
                        .toList());

        var accepted = dockerCompose(
                directory,
                "--env-file",
                dotEnv.toString(),
                "--profile",
                "sample",
                "--profile",
                "observability",
                "config");

        var out = Files.readString(directory.resolve("out"));
        assertThat(accepted).as(out).isZero();
        assertThat(out).contains("  shop:", "  grafana:", "$$2y$$04$$YhoZ./0q"); // as it is, not a reference
    }

    @Test
    void composeNamesTheSecretThatIsMissing(@TempDir Path directory) throws Exception {
        assumeTrue(isInstalled("docker-compose"), "no docker-compose on the path");

        var accepted = dockerCompose(
                directory, "--env-file", Project.file(".env.example").toString(), "config");

        assertThat(accepted).isNotZero();
        assertThat(directory.resolve("out")).content().contains("POSTGRES_PASSWORD is not set, see .env.example");
    }

    private static String bind(Compose.Service service, String prefix, String properties)
            throws ClassNotFoundException {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        "systemEnvironment",
                        new SystemEnvironmentPropertySource(
                                "systemEnvironment", Map.copyOf(service.environmentWith(DotEnv.filledIn()))));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment)
                .bind(prefix, Class.forName(properties))
                .get()
                .toString();
    }

    private static int dockerCompose(Path directory, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "docker-compose", "-f", Project.file("docker-compose.yml").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile());
        process.environment().keySet().removeAll(Set.copyOf(DotEnv.example().keySet()));
        return process.start().waitFor();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(at -> Files.isExecutable(Path.of(at, program)));
    }
}
