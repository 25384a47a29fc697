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

    static Broker of(Settings settings, Terminal terminal) {
        return settings.isAnySet(PREFIX) ? given(settings, terminal) : embedded(terminal);
    }

    private static Broker embedded(Terminal terminal) {
        terminal.print("starting the embedded broker...");
        var server = EmbeddedBroker.start();
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
