package io.reliablemessage.service.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.embedded.internal.SupervisedProcess;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.MessageServiceApplication;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A replica with a wrong clock, in a process of its own under faketime, behaves like the others. */
@Tag("faults")
@EnabledIf(value = "fakesTime", disabledReason = "libfaketime is not installed")
class SkewedClockTest {

    private static final Optional<Path> LIBRARY = library();
    private static final String PREFIX = "skewed.";
    private static final Map<String, Object> SETTINGS = Map.of(
            "message-service.publishing.queue-prefix", PREFIX,
            "message-service.registry.secret-keys[0].id", "one",
            "message-service.registry.secret-keys[0].value", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU=",
            "message-service.registry.allowed-addresses[0]", "127.0.0.1");

    private static final Service service = Service.start(SETTINGS);

    private final MessageFlow route = service.newRoute();

    static List<String> offsets() {
        return "short".equals(System.getProperty("faults.form"))
                ? List.of("+1h", "-30d")
                : List.of("+1h", "-1h", "+30d", "-30d");
    }

    static boolean fakesTime() {
        return LIBRARY.isPresent();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @MethodSource("offsets")
    void decidesByTheDatabasesClock(String offset) throws IOException {
        var days = days();
        service.as(Key.PRODUCER)
                .put(
                        "/application",
                        Map.of(
                                "checkUrl", "http://127.0.0.1:9/",
                                "checkSecret", "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY="))
                .is(200);
        var port = freePort();
        var process = start(offset, port);
        try {
            var replica = "http://127.0.0.1:" + port;
            await().atMost(Duration.ofMinutes(4)).ignoreExceptions().until(() -> {
                return new Api(replica, null).get("/actuator/health/readiness").status() == 200;
            });
            assertThat(skew(replica)).as("the clock is off").isGreaterThan(Duration.ofMinutes(59));

            intakeTakesTodaysIds(new Api(replica, Key.PRODUCER.value()));
            checkBacksAreDueInTheirTime(new Api(replica, Key.WORKER.value()));
            redeliveriesAreDueInTheirTime(replica);
            new Api(replica, Key.EXPIRED.value())
                    .get("/messages/" + MessageFlow.newId())
                    .is(401);
            assertThat(days()).isEqualTo(days);
        } finally {
            process.kill();
        }
    }

    private void intakeTakesTodaysIds(Api producer) {
        producer.post("/messages/prepare", route.message(MessageFlow.newId())).is(201);
        var made = producer.post(
                        "/messages/prepare",
                        Map.of("topic", route.topic(), "key", "B", "payload", 1, "checkAfter", "PT1M"))
                .is(201)
                .id();
        assertThat(timeOf(made)).isCloseTo(now(), within(Duration.ofSeconds(60)));
        assertThat(seconds("SELECT check_due_at - now() FROM message WHERE id = :id::uuid", made))
                .isBetween(0.0, 60.0);
    }

    private void checkBacksAreDueInTheirTime(Api worker) {
        assertThat(lease(worker)).as("nothing is due for a minute").isEmpty();
        service.jdbc()
                .sql("UPDATE message SET check_due_at = now() WHERE check_due_at IS NOT NULL")
                .update();

        var lease = lease(worker).getFirst();

        assertThat(Instant.parse(lease.path("expiresAt").asString())).isCloseTo(now(), within(Duration.ofSeconds(60)));
        assertThat(Instant.ofEpochSecond(
                        Long.parseLong(lease.at("/headers/webhook-timestamp").asString())))
                .isCloseTo(now(), within(Duration.ofSeconds(60)));
        worker.post(
                        "/jobs/checkbacks/report",
                        Map.of("lease", lease.path("lease").asString(), "failure", "NOT_SENT"))
                .is(200);
        service.jdbc()
                .sql("UPDATE message SET check_due_at = now() + interval '1 h' WHERE check_due_at IS NOT NULL")
                .update();
    }

    private void redeliveriesAreDueInTheirTime(String replica) {
        var producer = new Api(replica, Key.PRODUCER.value());
        var id = producer.post("/messages", route.message(MessageFlow.newId()))
                .is(201)
                .id();
        route.take(1);
        assertThat(redeliver(replica)).isZero();
        assertThat(seconds("SELECT due_at - now() FROM delivery WHERE message_id = :id::uuid", id))
                .isBetween(0.0, 33.0);
        route.overdue(id, 1);

        assertThat(redeliver(replica)).isOne();

        route.take(1);
        new Api(replica, Key.CONSUMER.value())
                .post("/messages/%s/ack".formatted(id), Map.of("subscription", route.subscription()))
                .is(200);
        assertThat(seconds("SELECT now() - finished_at FROM delivery WHERE message_id = :id::uuid", id))
                .isBetween(0.0, 60.0);
    }

    private static int redeliver(String replica) {
        return new Api(replica, Key.WORKER.value())
                .post("/jobs/redeliveries", Map.of())
                .is(200)
                .body()
                .path("sent")
                .asInt();
    }

    private static List<JsonNode> lease(Api worker) {
        return worker.post("/jobs/checkbacks/lease", Map.of())
                .is(200)
                .body()
                .path("requests")
                .valueStream()
                .toList();
    }

    /** By what the replica's own web server says. */
    private static Duration skew(String replica) {
        var said = new Api(replica, null)
                .get("/actuator/health/readiness")
                .headers()
                .firstValue("Date")
                .orElseThrow();
        return Duration.between(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(said)), now())
                .abs();
    }

    private static Instant timeOf(String id) {
        return Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> 16);
    }

    private static Instant now() {
        return service.jdbc()
                .sql("SELECT now()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private static double seconds(String interval, String id) {
        return service.jdbc()
                .sql("SELECT extract(EPOCH FROM (%s))".formatted(interval))
                .param("id", id)
                .query(Double.class)
                .single();
    }

    private static List<String> days() {
        return service.jdbc()
                .sql(
                        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'message'::regclass ORDER BY 1")
                .query(String.class)
                .list();
    }

    private static SupervisedProcess start(String offset, int port) throws IOException {
        var settings = new LinkedHashMap<>(Service.settings(service.database(), service.broker(), PREFIX));
        settings.putAll(SETTINGS);
        settings.put("server.port", port);
        return SupervisedProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        MessageServiceApplication.class.getName()),
                Map.of(
                        "CLASSPATH",
                        System.getProperty("java.class.path"),
                        "SPRING_APPLICATION_JSON",
                        new JsonMapper().writeValueAsString(settings),
                        "LD_PRELOAD",
                        LIBRARY.orElseThrow().toString(),
                        "FAKETIME",
                        offset,
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // what it takes for a defect of the C library ends each timed wait of this JVM at once
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"),
                "TERM",
                Objects.requireNonNull(Files.createTempFile(Path.of("target"), "skewed-", ".log")),
                null);
    }

    /** Where Debian puts it. */
    private static Optional<Path> library() {
        try (var architectures = Files.list(Path.of("/usr/lib"))) {
            return architectures
                    .map(directory -> directory.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
