package io.reliablemessage.quickstart.launch;

import io.reliablemessage.embedded.EmbeddedBroker;
import java.util.List;
import java.util.Map;

/**
 * The broker, embedded or the user's.
 *
 * @param settings lead an application to it
 */
record Broker(Map<String, String> settings, Runnable stop) implements AutoCloseable {

    static final String PREFIX = "spring.rabbitmq";

    static boolean isEmbedded(Settings settings) {
        return !settings.isAnySet(PREFIX);
    }

    /** @param userInfo a user, if there is one, as it stands in a URL */
    static String url(Settings settings, String userInfo) {
        return isEmbedded(settings)
                ? "amqp://%s%s:%d"
                        .formatted(
                                userInfo,
                                Ports.LOOPBACK,
                                settings.quickstart().ports().broker())
                : ExternalRabbitMq.of(settings).url(userInfo);
    }

    static Broker of(Settings settings, Newcomer newcomer, Terminal terminal) {
        return isEmbedded(settings) ? embedded(settings, newcomer, terminal) : given(settings, terminal);
    }

    private static Broker embedded(Settings settings, Newcomer newcomer, Terminal terminal) {
        terminal.print("starting the embedded broker...");
        var server = EmbeddedBroker.start(settings.quickstart().ports().broker());
        server.addReader(Newcomer.APPLICATION, newcomer.password(), newcomer.queues());
        return new Broker(
                Map.of(
                        PREFIX + ".host", Ports.LOOPBACK,
                        PREFIX + ".port", Integer.toString(server.port()),
                        PREFIX + ".username", server.username(),
                        PREFIX + ".password", server.password(),
                        PREFIX + ".virtual-host", server.virtualHost()),
                server::close);
    }

    private static Broker given(Settings settings, Terminal terminal) {
        ExternalRabbitMq.of(settings).requireAnswer(terminal);
        return new Broker(settings.arguments(List.of(PREFIX)), () -> {});
    }

    @Override
    public void close() {
        stop.run();
    }
}
