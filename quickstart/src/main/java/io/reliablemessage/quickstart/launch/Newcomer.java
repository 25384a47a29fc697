package io.reliablemessage.quickstart.launch;

import io.reliablemessage.quickstart.launch.ApiKeys.Name;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/** Whoever tries the service with a consumer of his own: a broker user that reads the queues of one application. */
record Newcomer(Settings settings, ApiKeys keys) {

    /** Also the name of the broker user. */
    static final String APPLICATION = "my-app";

    private static final String QUEUE_PREFIX = "message-service.publishing.queue-prefix";

    /** Of the subscriptions that are named like the application, or begin with its name and a dot. */
    List<String> queues() {
        var queue = Objects.requireNonNullElse(settings.value(QUEUE_PREFIX), "rm.") + APPLICATION;
        return List.of(queue, queue + ".*");
    }

    String password() {
        return keys.value(Name.BROKER_PASSWORD);
    }

    /** The URL holds all that a client of the broker needs. */
    void writeTo(Path file) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("BROKER_URL", Broker.url(settings, APPLICATION + ":" + password() + "@"));
        variables.put("BROKER_USER", APPLICATION);
        new EnvFile(file).set(variables);
    }
}
