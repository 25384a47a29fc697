package io.reliablemessage.quickstart.launch;

import io.reliablemessage.quickstart.scenario.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The ports of the applications and of the embedded broker, on 127.0.0.1. */
record Ports(
        @DefaultValue("8080") int messageService,
        @DefaultValue("8081") int statusChecker,
        @DefaultValue("8082") int recoveryJob,
        @DefaultValue("8090") int messageAdminUi,
        @DefaultValue("8085") int shop,
        @DefaultValue("5673") int broker) {

    static final String LOOPBACK = "127.0.0.1";

    /** Checks all ports before anything is started. */
    void requireFree(boolean isBrokerEmbedded) {
        byApplication().forEach(Ports::requireFree);
        if (isBrokerEmbedded) {
            requireFree("broker", broker);
        }
    }

    int of(String application) {
        var port = byApplication().get(application);
        if (port == null) {
            throw new IllegalArgumentException("No port for " + application);
        }
        return port;
    }

    URI address(String application) {
        return URI.create("http://localhost:" + of(application));
    }

    /** The shop's check URL. */
    String checkUrl() {
        return "http://%s:%d/checkbacks".formatted(LOOPBACK, shop);
    }

    Addresses addresses() {
        return new Addresses(address("message-service"), address("shop"));
    }

    private Map<String, Integer> byApplication() {
        var ports = new LinkedHashMap<String, Integer>();
        ports.put("message-service", messageService);
        ports.put("status-checker", statusChecker);
        ports.put("recovery-job", recoveryJob);
        ports.put("message-admin-ui", messageAdminUi);
        ports.put("shop", shop);
        return ports;
    }

    private static void requireFree(String application, int port) {
        var property = "quickstart.ports." + application;
        if (port < 1 || port > 65_535) {
            throw new StartupFailure("%s is %d. Choose 1 to 65535.".formatted(property, port));
        }
        try (var probe = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
            assert probe.isBound();
        } catch (IOException e) {
            throw new StartupFailure(
                    "port %d, for %s, is in use. Stop what listens there, or choose another port with the property %s (environment variable %s)."
                            .formatted(port, application, property, environmentVariable(property)),
                    e);
        }
    }

    private static String environmentVariable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
