package io.reliablemessage.faults.shop;

import static io.reliablemessage.faults.load.Retry.untilItIsThere;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ClientSettings.Coalescing;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.faults.process.OwnDatabase;
import io.reliablemessage.faults.process.ProgramSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;

/** The producer as a program of its own: takes orders from its start until it is closed. */
public final class Shop {

    /** Begins the line of a log that should not be there. */
    public static final String SURPRISE = "SURPRISE";

    private static final int CONNECTIONS = 12;
    private static final int PLACES = 20;

    private Shop() {}

    public static void main(String... args) throws IOException, EmptyWebhookSecretException {
        var settings = ProgramSettings.of(args);
        var database = OwnDatabase.of(settings, CONNECTIONS);
        var orders = untilItIsThere(() -> new Orders(database));
        var service = ReliableMessageClient.create(
                ClientSettings.of(URI.create(settings.text("service")), settings.text("key"))
                        .withCoalescing(Coalescing.DEFAULT.withInFlight(2)));
        var counter = untilItIsThere(() -> new Counter(service, orders, settings.text("topic")));
        var signature = new Webhook(settings.text("secret"));
        var endpoint = untilItIsThere(() -> new CheckEndpoint(orders, signature));

        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/checkbacks", endpoint);
        server.createContext("/actuator/health/readiness", Shop::done);
        server.createContext("/close", call -> {
            close(counter);
            done(call);
        });
        server.start();

        var checkUrl = "http://127.0.0.1:%d/checkbacks".formatted(settings.port());
        untilItIsThere(() -> service.registerApplication(ApplicationRequest.builder()
                .checkUrl(checkUrl)
                .checkSecret(settings.text("secret"))
                .build()));
        counter.open(PLACES, settings.number("orders.per.second"));
    }

    private static void close(Counter counter) {
        try {
            counter.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void done(HttpExchange call) throws IOException {
        call.sendResponseHeaders(200, -1);
        call.close();
    }
}
