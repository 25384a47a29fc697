package io.reliablemessage.faults.process;

import com.sun.net.httpserver.HttpServer;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ClientSettings.Coalescing;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.faults.load.Consumer;
import io.reliablemessage.faults.load.Effects;
import io.reliablemessage.faults.load.Retry;
import io.reliablemessage.faults.load.TestApplication;
import io.reliablemessage.testing.Broker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The consumer as a program of its own. */
public final class PointsProgram {

    private static final int CONNECTIONS = 2;
    private static final int PREFETCH = 50;
    private static final double FORGETFULNESS = 0.02;

    private PointsProgram() {}

    public static Map<String, Object> settings(URI service, Broker broker) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("service", service.toString());
        settings.put("broker.port", broker.port());
        settings.put("broker.username", broker.username());
        settings.put("broker.password", broker.password());
        return settings;
    }

    public static void main(String... args) throws IOException {
        var settings = ProgramSettings.of(args);
        var database = OwnDatabase.of(settings, CONNECTIONS);
        var effects = Retry.untilItIsThere(() -> Effects.in(database));
        var client = ReliableMessageClient.create(
                ClientSettings.of(URI.create(settings.text("service")), TestApplication.POINTS.key())
                        .withCoalescing(Coalescing.DEFAULT.withInFlight(2)));
        var broker = new NamedBroker(
                settings.number("broker.port"), settings.text("broker.username"), settings.text("broker.password"));
        new Consumer(List.of(broker), PREFETCH, FORGETFULNESS, effects, client).start();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
        server.createContext("/actuator/health/readiness", call -> {
            call.sendResponseHeaders(200, -1);
            call.close();
        });
        server.start();
    }

    /** The broker that the test has started. */
    private record NamedBroker(int port, String username, String password) implements Broker {

        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public String virtualHost() {
            return "/";
        }

        @Override
        public String description() {
            return "RabbitMQ on port " + port;
        }

        @Override
        public boolean isRabbitMq() {
            return true;
        }
    }
}
