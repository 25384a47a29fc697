package io.reliablemessage.quickstart.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.embedded.EmbeddedPostgres;
import io.reliablemessage.quickstart.console.NamedSeries;
import io.reliablemessage.quickstart.console.Observability;
import io.reliablemessage.quickstart.console.TestEnvironment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One start, looked at from all sides; stopping it comes last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuickstartTest {

    @TempDir
    static Path directory;

    private static QuickstartJvm quickstart;

    @BeforeAll
    static void start() {
        quickstart = QuickstartJvm.start(directory).awaitReady();
    }

    @AfterAll
    static void end() {
        quickstart.close();
    }

    @Test
    void playsItsStories() {
        var played = new Played(quickstart.output(), Databases.keptIn(directory.resolve("data")));

        played.hasPrintedAllScenarios();
        played.hasKeptItsPromises();
    }

    @Test
    void saysNothingElse() {
        assertThat(quickstart.output()).doesNotContain("WARN", "ERROR", "\tat ");
    }

    @Test
    void noPortFailsAtAnOddRequest() throws Exception {
        for (var application :
                List.of("message-service", "status-checker", "recovery-job", "message-admin-ui", "shop")) {
            for (var odd : List.of("/error", "/nowhere?lang=%ff", "/orders/x?%ff", "/login?lang=%ff%20key=%22x%22")) {
                assertThat(status(quickstart.address(application) + odd))
                        .as(application + odd)
                        .isBetween(400, 499);
            }
        }
        assertThat(quickstart.output()).doesNotContain("ERROR", "\tat ");
    }

    private static int status(String address) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void keepsTheKeysForItsOwnerOnly() throws IOException {
        var file = directory.resolve("data/keys.env");

        assertThat(Files.readAllLines(file))
                .filteredOn(line -> !line.startsWith("#"))
                .allMatch(
                        line -> line.matches(
                                "[A-Z_]+_(KEY|SECRET|PASSWORD)=(whsec_)?([0-9a-f]{48}|[0-9a-f]{16}|[A-Za-z0-9+/]{43}=)|BROKER_.*"))
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .contains("PRODUCER_KEY", "CONSUMER_KEY", "WORKER_KEY", "OPERATOR_KEY", "ADMIN_KEY")
                .contains("MY_APP_KEY", "BROKER_URL", "BROKER_USER", "BROKER_PASSWORD");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void exportsWhatAlertsAndTheDashboardName() throws Exception {
        var environment = new TestEnvironment(quickstart, directory.resolve("data"));
        var queries = Stream.concat(Observability.alerts().stream(), Observability.dashboard().stream())
                .map(NamedSeries::new)
                .toList();
        assertThat(queries).hasSizeGreaterThan(60);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var exported = environment.exported();
            assertThat(queries)
                    .flatExtracting(query -> query.missingFrom(exported))
                    .isEmpty();
        });
    }

    @Test
    void preparesAnOrdersMessageInItsCustomersTrace() {
        var parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        assertThat(ShopFront.of(quickstart).placeInTrace("traced", parent)).isEqualTo(201);

        assertThat(Databases.keptIn(directory.resolve("data"))
                        .ledger()
                        .sql("SELECT trace_parent FROM message WHERE key = 'traced'")
                        .query(String.class)
                        .list())
                .containsExactly(parent);
    }

    @Test
    void aNewcomerProducesAndConsumesWithTheKeysOfTheFile() throws Exception {
        var keys = new EnvFile(directory.resolve("data/keys.env")).read();
        var broker = new CachingConnectionFactory(URI.create(keys.get("BROKER_URL")));
        try (var messages = ReliableMessageClient.create(ClientSettings.of(
                quickstart.address("message-service"), Objects.requireNonNull(keys.get("MY_APP_KEY"))))) {
            var consumers = List.of(Newcomer.APPLICATION);
            messages.registerTopic(
                    "parcel.sent", TopicRequest.builder().consumers(consumers).build());
            var request = SubscriptionRequest.builder("parcel.sent").build();
            var queue = messages.registerSubscription("my-app.parcels", request).queue();
            var listener = acknowledging(queue, broker, messages);

            var id = MessageIds.next();
            messages.prepare(PrepareRequest.of(id, "parcel.sent", "P-1", Map.of("parcel", "P-1")));
            messages.confirm(id);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> messages.get(id).deliveries().getFirst().state() == DeliveryState.CONSUMED);
            listener.stop();
            assertThatThrownBy(() -> broker.createConnection()
                            .createChannel(false)
                            .basicConsume("rm.points", (tag, message) -> {}, tag -> {}))
                    .hasStackTraceContaining("reply-code=403");
        } finally {
            broker.destroy();
        }
    }

    private static SimpleMessageListenerContainer acknowledging(
            String queue, CachingConnectionFactory broker, ReliableMessageClient messages) {
        var listener = new SimpleMessageListenerContainer(broker);
        listener.setQueueNames(queue);
        listener.setMessageListener(message -> messages.ack(
                Objects.requireNonNull(message.getMessageProperties().getMessageId()), "my-app.parcels"));
        listener.afterPropertiesSet();
        listener.start();
        return listener;
    }

    @Test
    void refusesAnOrderNumberThatIsTaken() {
        var shop = ShopFront.of(quickstart);

        assertThat(shop.place("twice", 100)).isEqualTo(201);
        assertThat(shop.place("twice", 100)).isEqualTo(422);
    }

    @Test
    void refusesToRunTwiceOnTheSameData() {
        try (var second = QuickstartJvm.start(directory)) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output())
                    .contains("Cannot start: a quickstart is running on", "quickstart.data")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void namesAPortThatIsInUse(@TempDir Path other) {
        var taken = quickstart.address("shop").getPort();

        try (var second = QuickstartJvm.start(other, "--quickstart.ports.message-service=" + taken)) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output())
                    .contains("Cannot start: port " + taken + ", for message-service, is in use")
                    .contains("quickstart.ports.message-service", "QUICKSTART_PORTS_MESSAGESERVICE")
                    .doesNotContain("\tat ");
            assertThat(second.offspring()).isEmpty();
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void stopsEverythingWhenItIsTold() {
        var offspring = quickstart.offspring();
        assertThat(offspring).isNotEmpty();

        quickstart.stop();

        await().atMost(Duration.ofSeconds(20)).until(() -> offspring.stream().noneMatch(ProcessHandle::isAlive));
        quickstart.awaitExit();
        assertThat(quickstart.output()).endsWith("stopping...\n");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void namesTheDirectoryToDeleteWhenItsTablesAreOfAnotherVersion() {
        var postgres = directory.resolve("data/postgres").toAbsolutePath().normalize();
        try (var server = EmbeddedPostgres.keptIn(postgres)) {
            var tables =
                    new DriverManagerDataSource(server.url("reliable_message"), server.username(), server.password());
            JdbcClient.create(tables)
                    .sql("UPDATE schema_history SET checksum = 1 WHERE version = '1'")
                    .update();
        }

        try (var another = QuickstartJvm.start(directory)) {
            assertThat(another.awaitExit()).isEqualTo(1);
            assertThat(another.output())
                    .contains("Cannot start: the tables in " + postgres + " were made by another version")
                    .contains("Delete this directory", "quickstart.data")
                    .doesNotContain("\tat ");
        }
    }
}
