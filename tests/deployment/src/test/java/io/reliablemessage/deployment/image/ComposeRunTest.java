package io.reliablemessage.deployment.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.embedded.internal.SupervisedProcess;
import io.reliablemessage.testing.Infrastructure;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The runnable jars with the very environment that docker-compose.yml gives them; only hosts and
 * ports are other ones.
 */
@Tag("faults")
class ComposeRunTest {

    private static final String MANAGEMENT_PORT = "MESSAGE_ADMIN_UI_MANAGEMENT_PORT";
    private static final Pattern DATABASE = Pattern.compile("jdbc:postgresql://.*");
    private static final Pattern ADDRESS = Pattern.compile("http://([a-z-]+):\\d+");

    private final Compose compose = Compose.read();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Integer> managementPorts = new HashMap<>();
    private final Map<String, SupervisedProcess> running = new LinkedHashMap<>();
    private final Path logs = Path.of("target", "compose");

    @AfterEach
    void stop() {
        running.values().forEach(SupervisedProcess::kill);
    }

    @Test
    void aFreshInstallationDeliversAnOrderAndAsksAboutOneThatFellSilent() throws Exception {
        Files.createDirectories(logs);
        for (var name : List.of("message-service", "status-checker", "recovery-job", "message-admin-ui", "shop")) {
            start(compose.service(name));
        }

        post("/orders", "{\"number\":\"C-1\",\"customer\":\"ann\",\"amount\":100,\"points\":10}");
        post("/orders?dies=true", "{\"number\":\"C-2\",\"customer\":\"ann\",\"amount\":100,\"points\":10}");

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(get("shop", "/orders/C-1").body()).contains("CONSUMED");
            assertThat(get("shop", "/orders/C-2").body()).contains("CONSUMED");
        });
        assertThat(get("message-admin-ui", "/login").statusCode()).isEqualTo(200);
        assertThat(get("recovery-job", "/actuator/health").body()).doesNotContain("DOWN");
    }

    private void start(Compose.Service service) throws Exception {
        ports.put(service.name(), RunHere.freePort());
        managementPorts.put(service.name(), RunHere.freePort());
        var module = service.buildArguments()
                .getOrDefault("APPLICATION", service.name())
                .toString();
        var classifier = service.buildArguments().getOrDefault("CLASSIFIER", "exec");
        Path jar;
        try (var jars =
                Files.newDirectoryStream(Project.file(module + "/target"), module + "-*-" + classifier + ".jar")) {
            jar = jars.iterator().next();
        }
        var log = logs.resolve(service.name() + ".log");
        var process = SupervisedProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        jar.toString()),
                here(service),
                "TERM",
                log,
                null);
        running.put(service.name(), process);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(process.isAlive()).as(() -> RunHere.text(log)).isTrue();
                    return isReady(service.name());
                });
    }

    /** Hosts are here, ports are free ones, databases and the broker are the tests'. */
    private Map<String, String> here(Compose.Service service) {
        var all = new TreeMap<String, String>();
        service.environmentWith(DotEnv.filledIn()).forEach((name, value) -> {
            if (DATABASE.matcher(value).matches()) {
                var database = Infrastructure.postgres().newDatabase();
                all.put(name, database.url());
                all.put(name.replace("_URL", "_USERNAME"), database.username());
                all.put(name.replace("_URL", "_PASSWORD"), database.password());
            } else if (name.endsWith("ALLOWED_ADDRESSES")) {
                all.put(name, "127.0.0.1/32");
            } else {
                all.putIfAbsent(
                        name,
                        ADDRESS.matcher(value).replaceAll(found -> "http://127.0.0.1:" + ports.get(found.group(1))));
            }
        });
        if (all.containsKey("SPRING_RABBITMQ_HOST")) {
            var broker = Infrastructure.broker();
            all.put("SPRING_RABBITMQ_HOST", broker.host());
            all.put("SPRING_RABBITMQ_PORT", Integer.toString(broker.port()));
            all.put("SPRING_RABBITMQ_USERNAME", broker.username());
            all.put("SPRING_RABBITMQ_PASSWORD", broker.password());
            all.put("SPRING_RABBITMQ_VIRTUALHOST", broker.virtualHost());
        }
        if (all.containsKey(MANAGEMENT_PORT)) {
            var port = managementPorts.getOrDefault(service.name(), 0);
            ports.put(service.name() + MANAGEMENT_PORT, port);
            all.put(MANAGEMENT_PORT, Integer.toString(port));
            all.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        }
        all.put("SERVER_PORT", Integer.toString(ports.getOrDefault(service.name(), 0)));
        all.put("SERVER_ADDRESS", "127.0.0.1");
        return all;
    }

    private boolean isReady(String service) throws InterruptedException {
        try {
            var port = ports.containsKey(service + MANAGEMENT_PORT) ? service + MANAGEMENT_PORT : service;
            return get(port, "/actuator/health/readiness").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> get(String service, String path) throws IOException, InterruptedException {
        return http.send(to(service, path).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private void post(String path, String order) throws IOException, InterruptedException {
        var call = to("shop", path).header("Content-Type", "application/json");
        http.send(
                call.POST(HttpRequest.BodyPublishers.ofString(order)).build(), HttpResponse.BodyHandlers.discarding());
    }

    private HttpRequest.Builder to(String service, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(service) + path))
                .timeout(Duration.ofSeconds(10));
    }
}
