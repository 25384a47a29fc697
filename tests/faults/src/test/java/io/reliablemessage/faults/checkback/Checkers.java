package io.reliablemessage.faults.checkback;

import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.faults.load.HalfMessages;
import io.reliablemessage.faults.load.TestApplication;
import io.reliablemessage.faults.process.Application;
import io.reliablemessage.faults.process.Program;
import io.reliablemessage.faults.process.ServiceSettings;
import io.reliablemessage.faults.process.TcpProxy;
import io.reliablemessage.testing.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A service, three status checkers, and their applications. There is no broker: decided messages may wait for delivery.
 */
final class Checkers implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(2);
    static final int REPLICAS = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration NOT_BY_ITSELF = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Endpoints endpoints = new Endpoints();
    private final Program service;
    private final TcpProxy proxy;
    private final List<Program> checkers;
    private final HalfMessages messages;

    private Checkers(Collection<String> applications, String refusing) {
        var database = Infrastructure.postgres().newDatabase();
        var settings = ServiceSettings.withoutBroker(database);
        settings.putAll(ServiceSettings.checkbacks(DEADLINE, LEASE, LEASE));
        settings.put("message-service.checkback.probe-interval", "0s"); // these count what is asked
        var number = TestApplication.values().length;
        for (var application : applications) {
            var url = application.equals(refusing)
                    ? "http://127.0.0.1:" + ServiceSettings.NOBODY
                    : endpoints.urlOf(application);
            settings.putAll(registered(application, url, number++));
        }
        service = Application.MESSAGE_SERVICE.program("256m", settings);
        proxy = new TcpProxy(service.address());
        checkers = IntStream.range(0, REPLICAS)
                .mapToObj(checker -> Application.STATUS_CHECKER.program(
                        " " + checker, "64m", ServiceSettings.ofWorker("status-checker", proxy.entranceOf(checker))))
                .toList();
        messages = new HalfMessages(database);
    }

    /** @param refusing one of them, at whose address nobody listens */
    static Checkers open(Collection<String> applications, String refusing) {
        var opened = new Checkers(applications, refusing);
        try {
            opened.programs().forEach(Program::start);
            opened.programs().forEach(Program::awaitReady);
            return opened;
        } catch (RuntimeException | Error failed) {
            opened.close();
            throw failed;
        }
    }

    /** With a topic and a subscription of its own, of the same name. */
    private static Map<String, Object> registered(String application, String url, int number) {
        var registry = "message-service.registry.%s[%d]";
        return Map.of(
                registry.formatted("applications", number),
                Map.of(
                        "name",
                        application,
                        "keys",
                        List.of(Map.of("value", keyOf(application), "roles", "PRODUCER")),
                        "check-url",
                        url,
                        "check-secret",
                        ServiceSettings.SECRET),
                registry.formatted("topics", number - TestApplication.values().length),
                Map.of("name", application, "application", application, "check-after", NOT_BY_ITSELF.toString()),
                registry.formatted("subscriptions", number - TestApplication.values().length),
                Map.of("name", application, "topic", application, "application", application));
    }

    private static String keyOf(String application) {
        return application + "-0123456789abcdefghijklmnopqrstuvwxyz";
    }

    private Stream<Program> programs() {
        return Stream.concat(Stream.of(service), checkers.stream());
    }

    /** Half messages of one application, of which nobody is asked before they are made due. */
    List<String> stored(String application, int count) {
        return stored(
                application, Stream.generate(MessageIds::next).limit(count).toList());
    }

    List<String> stored(String application, List<String> ids) {
        var settings = ClientSettings.of(service.address(), keyOf(application)).withRequestTimeout(TIMEOUT);
        try (var producer = ReliableMessageClient.create(settings)) {
            var all = new ArrayList<CompletableFuture<?>>();
            for (var id : ids) {
                all.add(producer.prepareAsync(PrepareRequest.of(id, application, id, Map.of())));
            }
            all.forEach(CompletableFuture::join);
        }
        return ids;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    TcpProxy proxy() {
        return proxy;
    }

    HalfMessages messages() {
        return messages;
    }

    /** The checker with the first lease of an application. */
    Program holderOfFirst(String application) {
        return checkers.get(proxy.firstLease(application).orElseThrow().checker());
    }

    @Override
    public void close() {
        programs().forEach(Program::kill); // nothing of them is needed any more
        proxy.close();
        endpoints.close();
    }
}
