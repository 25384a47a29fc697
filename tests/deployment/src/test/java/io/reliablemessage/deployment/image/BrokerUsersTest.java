package io.reliablemessage.deployment.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.reliablemessage.testing.LocalRabbitMq;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The rights of the sample's user, on a RabbitMQ of its own. */
@Tag("faults")
@EnabledIf(value = "io.reliablemessage.testing.LocalRabbitMq#isInstalled", disabledReason = "no rabbitmq-server here")
class BrokerUsersTest {

    private static final Pattern RIGHTS = Pattern.compile("set_permissions shop '([^']*)' '([^']*)' '([^']*)'");

    private interface Attempt {
        void with(Channel channel) throws IOException;
    }

    @Test
    void theSampleReadsItsQueuesAndNothingElse() throws Exception {
        var rights = RIGHTS.matcher(Project.text("compose/rabbitmq-with-users"));
        assertThat(rights.find()).isTrue();
        try (var broker = LocalRabbitMq.launch()) {
            broker.ctl("add_user", "shop", "of-this-test");
            broker.ctl("set_permissions", "shop", rights.group(1), rights.group(2), rights.group(3));
            try (var service = connect(broker, broker.username(), broker.password());
                    var channel = service.createChannel()) {
                for (var queue : new String[] {"rm.points", "rm.stock", "rm.others"}) {
                    channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
                }
            }
            try (var shop = connect(broker, "shop", "of-this-test")) {
                mayConsume("rm.points", shop);
                mayConsume("rm.stock", shop);
                mayNot(shop, channel -> channel.basicGet("rm.others", true));
                mayNot(shop, channel -> channel.queueDelete("rm.points"));
                mayNot(shop, channel -> {
                    channel.confirmSelect();
                    channel.basicPublish("", "rm.stock", null, new byte[0]);
                    channel.queueDeclarePassive("rm.stock"); // after the refusal
                });
            }
        }
    }

    /** As Spring's listener does. */
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

    private static void mayNot(Connection connection, Attempt attempt) throws Exception {
        var channel = connection.createChannel();
        assertThatThrownBy(() -> attempt.with(channel)).hasStackTraceContaining("ACCESS_REFUSED");
    }

    private static Connection connect(LocalRabbitMq broker, String user, String password) throws Exception {
        var factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setUsername(user);
        factory.setPassword(password);
        return factory.newConnection();
    }
}
