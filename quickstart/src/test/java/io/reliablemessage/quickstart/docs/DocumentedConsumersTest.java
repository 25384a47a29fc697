package io.reliablemessage.quickstart.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reliablemessage.quickstart.launch.QuickstartJvm;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The consumers in Node of these documents, as they stand there, with the quickstart's service and broker. */
@Tag("faults")
class DocumentedConsumersTest {

    private static final String GETTING_STARTED = "docs/getting-started.md";
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern START = Pattern.compile("```\n(cd my-app\n.*?)```", Pattern.DOTALL);
    private static final Pattern PROGRAM = Pattern.compile("```js\n(import amqp .*?)```", Pattern.DOTALL);

    /** The work, which the document leaves to its reader. */
    private static final String BOOK = """

            async function book(id, subscription, invoice) {
              if (invoice.amount < 0) throw new Error('cannot be booked');
              console.log('booked', id, subscription, invoice.invoice);
            }
            """;

    @TempDir
    private static Path directory;

    private static @Nullable QuickstartJvm quickstart;

    @BeforeAll
    static void start() throws Exception {
        assumeThatNodeIsThere();
        quickstart =
                QuickstartJvm.start(directory, "--quickstart.scenarios=false").awaitReady();
        assertThat(shell(beforeTheConsumer() + "echo $ID"))
                .as("the message is on its way")
                .contains("\"SENDING\"");
    }

    @AfterAll
    static void stop() {
        if (quickstart != null) {
            quickstart.close();
        }
    }

    @Test
    void theOneToBeginWithConsumesItsMessage() throws IOException {
        var folder = Files.createDirectory(directory.resolve("my-app"));
        Files.writeString(folder.resolve("consumer.mjs"), local(found(PROGRAM, GETTING_STARTED)));

        var consumer = begin("output", found(START, GETTING_STARTED));
        try {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(written("output"))
                            .containsPattern("(?m)^\\S+ \\{\"invoice\":\"I-1\",\"amount\":100}$")
                            .containsPattern("(?m)^200 \\{\"id\":\"\\S+\",\"subscription\":\"my-app.invoices\","
                                    + "\"state\":\"CONSUMED\"}$"));
        } finally {
            end(consumer);
        }
    }

    @Test
    void theWholeOneAcknowledgesWhatItBookedAndRequeuesNothing() throws Exception {
        var program = found(PROGRAM, "docs/consuming.md")
                .replace("order.placed", "invoice.created")
                .replace("points", "my-app.points");
        Files.writeString(directory.resolve("whole.mjs"), local(program) + BOOK);
        shell(call("-X PUT localhost:8080/subscriptions/my-app.points", "{\"topic\":\"invoice.created\"}"));

        var consumer = begin("whole-output", """
                npm install amqplib@0.10
                set -a; . data/keys.env; set +a
                API_KEY=$MY_APP_KEY AMQP_URL=$BROKER_URL node whole.mjs
                """);
        try {
            var bad = send("I-3", -1);
            var good = send("I-2", 100);

            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(delivery(good)).contains("\"state\":\"CONSUMED\""));
            assertThat(written("whole-output")).contains("booked " + good + " my-app.points I-2");
            assertThat(delivery(bad)).doesNotContain("CONSUMED");
            TimeUnit.SECONDS.sleep(1);
            assertThat(written("whole-output").split("cannot be booked", -1))
                    .as("what is requeued comes back at once and for ever")
                    .hasSizeBetween(2, 5);
        } finally {
            end(consumer);
        }
    }

    private static void assumeThatNodeIsThere() throws IOException, InterruptedException {
        var isThere = new ProcessBuilder("bash", "-c", "node --version && npm --version")
                        .start()
                        .waitFor()
                == 0;
        if (Boolean.parseBoolean(System.getenv("TEST_REQUIRE_NODE"))) {
            assertThat(isThere).as("Node.js and npm are installed").isTrue();
        }
        assumeTrue(isThere, "Node.js or npm is not installed");
    }

    private static String beforeTheConsumer() {
        var text = Project.text(GETTING_STARTED);
        return COMMANDS.matcher(text.substring(0, text.indexOf("```js\n")))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
    }

    /** @return the message's id */
    private static String send(String key, int amount) throws Exception {
        var answer = shell(call(
                "localhost:8080/messages",
                "{\"topic\":\"invoice.created\",\"key\":\"%s\",\"payload\":{\"invoice\":\"%s\",\"amount\":%d}}"
                        .formatted(key, key, amount)));
        return new JsonMapper().readTree(answer).path("id").asString();
    }

    /** The delivery to the whole consumer, as JSON. */
    private static String delivery(String id) throws Exception {
        var message = new JsonMapper().readTree(shell(call("localhost:8080/messages/" + id, "")));
        return message.path("deliveries")
                .valueStream()
                .filter(delivery -> delivery.path("subscription").asString().equals("my-app.points"))
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private static String call(String request, String body) {
        return """
                . data/keys.env
                curl -sf -H "Authorization: Bearer $MY_APP_KEY" %s %s
                """.formatted(request, body.isEmpty() ? "" : "-H 'Content-Type: application/json' -d '" + body + "'");
    }

    private static String shell(String commands) throws IOException, InterruptedException {
        var process = begin("shell-output", commands);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(written("shell-output")).isZero();
        return written("shell-output");
    }

    private static Process begin(String output, String commands) throws IOException {
        return new ProcessBuilder("bash", "-c", local(commands))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(output).toFile())
                .start();
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** With the quickstart's own port. */
    private static String local(String text) {
        return text.replace(
                "localhost:8080",
                Objects.requireNonNull(quickstart).address("message-service").getAuthority());
    }

    private static String found(Pattern pattern, String document) {
        var matcher = pattern.matcher(Project.text(document));
        assertThat(matcher.find()).as("%s in %s", pattern, document).isTrue();
        return matcher.group(1);
    }

    private static String written(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }
}
