package io.reliablemessage.quickstart.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.reliablemessage.testing.LocalRabbitMq;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The users of docs/operations/rabbitmq.md, on a RabbitMQ of their own: they do their work, and nothing else. */
@Tag("faults")
@EnabledIf(value = "io.reliablemessage.testing.LocalRabbitMq#isInstalled", disabledReason = "no rabbitmq-server here")
class DocumentedRightsTest {

    private static final Pattern USER = Pattern.compile("(?m)^rabbitmqctl (add_user|set_permissions) (.*)$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern ALONE = Pattern.compile("needs one that may do all three: `'(.*?)' '(.*?)' '(.*?)'`");
    private static final String PASSWORD = "of-this-test";

    @TempDir
    Path directory;

    private interface Attempt {
        void with(Channel channel) throws IOException;
    }

    @Test
    void usersOfTheirOwnRunTheQuickstart() throws Exception {
        try (var broker = LocalRabbitMq.launch()) {
            makeUsers(broker);
            try (var quickstart = start(
                    broker, "message-service", "--shop.broker.username=shop", "--shop.broker.password=" + PASSWORD)) {
                hasPlayed(quickstart);
                readsItsQueuesOnly(broker, "my-app", List.of("rm.my-app", "rm.my-app.invoices"));
                readsItsQueuesOnly(broker, "shop", List.of("rm.points", "rm.stock"));
                readsItsQueuesOnly(broker, "points", List.of("rm.points"));
            }
        }
    }

    @Test
    void oneUserAloneRunsTheQuickstart() throws Exception {
        var rights = ALONE.matcher(Project.text("docs/operations/rabbitmq.md"));
        assertThat(rights.find()).isTrue();
        try (var broker = LocalRabbitMq.launch()) {
            broker.ctl("add_user", "all", PASSWORD);
            broker.ctl("set_permissions", "all", rights.group(1), rights.group(2), rights.group(3));
            try (var quickstart = start(broker, "all")) {
                hasPlayed(quickstart);
            }
        }
    }

    private static void makeUsers(LocalRabbitMq broker) {
        var commands = USER.matcher(Project.text("docs/operations/rabbitmq.md"))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(commands).hasSize(8);
        for (var command : commands) {
            var words = WORD.matcher(command.substring("rabbitmqctl ".length()))
                    .results()
                    .map(DocumentedRightsTest::word)
                    .toArray(String[]::new);
            broker.ctl(words);
        }
    }

    private static String word(MatchResult word) {
        if (word.group(2) != null) {
            return PASSWORD; // a variable
        }
        return word.group(1) != null ? word.group(1) : word.group(3);
    }

    private QuickstartJvm start(LocalRabbitMq broker, String user, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--spring.rabbitmq.host=" + broker.host(),
                "--spring.rabbitmq.port=" + broker.port(),
                "--spring.rabbitmq.username=" + user,
                "--spring.rabbitmq.password=" + PASSWORD));
        arguments.addAll(List.of(more));
        return QuickstartJvm.start(directory, arguments.toArray(String[]::new)).awaitReady();
    }

    private void hasPlayed(QuickstartJvm quickstart) {
        assertThat(quickstart.output()).doesNotContain("ACCESS_REFUSED");
        var played = new Played(quickstart.output(), Databases.keptIn(directory.resolve("data")));
        played.hasPrintedAllScenarios();
        played.hasKeptItsPromises();
    }

    private static void readsItsQueuesOnly(LocalRabbitMq broker, String user, List<String> own) throws Exception {
        var all = List.of("rm.points", "rm.stock", "rm.my-app", "rm.my-app.invoices", "rm.my-apples");
        try (var service = connect(broker, "message-service");
                var channel = service.createChannel();
                var connection = connect(broker, user)) {
            for (var queue : all) {
                channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
                mayNot(connection, each -> each.queueDelete(queue));
                mayNot(connection, each -> publish(queue, each));
                if (own.contains(queue)) {
                    mayConsume(queue, connection);
                } else {
                    mayNot(connection, each -> each.basicGet(queue, true));
                    mayNot(connection, each -> each.basicConsume(queue, (tag, message) -> {}, tag -> {}));
                }
            }
            mayNot(connection, each -> each.queueDeclare(own.getFirst() + ".new", true, false, false, Map.of()));
        }
    }

    private static void publish(String queue, Channel channel) throws IOException {
        channel.basicPublish("", queue, null, new byte[0]);
        channel.queueDeclarePassive(queue); // after the refusal
    }

    private static void mayConsume(String queue, Connection connection) throws Exception {
        try (var channel = connection.createChannel()) {
            assertThatCode(() -> {
                        channel.queueDeclarePassive(queue);
                        channel.basicQos(10);
                        channel.basicConsume(queue, (tag, message) -> {}, tag -> {});
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static void mayNot(Connection connection, Attempt attempt) throws IOException {
        var channel = connection.createChannel();
        assertThatThrownBy(() -> attempt.with(channel)).hasStackTraceContaining("ACCESS_REFUSED");
    }

    private static Connection connect(LocalRabbitMq broker, String user) throws Exception {
        var factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setUsername(user);
        factory.setPassword(PASSWORD);
        return factory.newConnection();
    }
}
