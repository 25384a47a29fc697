package io.reliablemessage.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** By Testcontainers, whose own reaper removes them when the JVM is gone. */
final class Containers {

    private Containers() {}

    static boolean areAvailable() {
        return mayBeAvailable() && DockerClientFactory.instance().isDockerAvailable();
    }

    static PostgresServer postgres(String version) {
        // The image's entry point leaves fsync on; Testcontainers' default command switches it off.
        var container = new PostgreSQLContainer("postgres:" + version).withCommand("postgres");
        container.start();
        return new JdbcPostgres("container", container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }

    static Broker rabbitMq() {
        var container = new RabbitMQContainer("rabbitmq:4");
        container.start();
        return new AmqpBroker(
                "container",
                container.getHost(),
                container.getAmqpPort(),
                container.getAdminUsername(),
                container.getAdminPassword(),
                "/");
    }

    /** Testcontainers takes its time, and prints a page of errors, to find that there is no Docker at all. */
    private static boolean mayBeAvailable() {
        var home = Path.of(System.getProperty("user.home"));
        return System.getenv("DOCKER_HOST") != null
                || Files.exists(home.resolve(".testcontainers.properties"))
                || Files.exists(home.resolve(".docker/run/docker.sock"))
                || Files.exists(Path.of("/var/run/docker.sock"))
                || System.getProperty("os.name").startsWith("Windows");
    }
}
