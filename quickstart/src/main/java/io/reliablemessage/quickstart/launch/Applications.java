package io.reliablemessage.quickstart.launch;

import io.reliablemessage.adminui.MessageAdminUiApplication;
import io.reliablemessage.checker.StatusCheckerApplication;
import io.reliablemessage.quickstart.shop.ShopApplication;
import io.reliablemessage.recovery.RecoveryJobApplication;
import io.reliablemessage.service.MessageServiceApplication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.SpringApplication;
import org.springframework.core.NestedExceptionUtils;

/** Starts the servers and the applications, concurrently where they do not depend on each other. */
final class Applications {

    private final Settings settings;
    private final ApiKeys keys;
    private final Terminal terminal;
    private final Shutdown shutdown;
    private final Ports ports;

    Applications(Settings settings, ApiKeys keys, Terminal terminal, Shutdown shutdown) {
        this.settings = settings;
        this.keys = keys;
        this.terminal = terminal;
        this.shutdown = shutdown;
        this.ports = settings.quickstart().ports();
    }

    void start(DataDirectory data) {
        var broker =
                meanwhile(() -> shutdown.later("broker", Broker.of(settings, new Newcomer(settings, keys), terminal)));
        var postgres = shutdown.later("PostgreSQL", Postgres.of(settings, data, terminal));
        var service = new ServiceSettings(keys, settings).of(postgres.ledger(), broker.join());
        var shop = new ShopSettings(keys, settings).of(postgres, broker.join());
        terminal.print("starting the applications...");
        var withoutService = meanwhile(() -> {
            start("message-admin-ui", new ConsoleSettings(keys, ports).all(), MessageAdminUiApplication.class);
        });
        startService(service, postgres);
        var workers = meanwhile(() -> {
            start("recovery-job", workerSettings("recovery-job"), RecoveryJobApplication.class);
            start("status-checker", statusCheckerSettings(), StatusCheckerApplication.class);
        });
        start("shop", shop, ShopApplication.class, ShopServer.class);
        CompletableFuture.allOf(withoutService, workers).join();
    }

    private void startService(Map<String, String> own, Postgres postgres) {
        try {
            start("message-service", own, MessageServiceApplication.class);
        } catch (RuntimeException failed) {
            if (NestedExceptionUtils.getMostSpecificCause(failed) instanceof FlywayValidateException) {
                throw new StartupFailure(postgres.tablesOfAnotherVersion(), failed);
            }
            throw failed;
        }
    }

    private void start(String name, Map<String, String> own, Class<?>... application) {
        var all = new LinkedHashMap<>(own);
        all.put("spring.config.name", name);
        all.put("server.address", Ports.LOOPBACK);
        all.put("server.port", Integer.toString(ports.of(name)));
        all.put("spring.main.banner-mode", "off");
        all.put("spring.main.register-shutdown-hook", "false"); // there is one ordered hook for all
        all.put("spring.lifecycle.timeout-per-shutdown-phase", "4s");
        all.put("management.metrics.use-global-registry", "false"); // which all of them would share
        all.putAll(settings.arguments(List.of(name, "shop")));
        var arguments = all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        var context = new SpringApplication(application).run(arguments);
        shutdown.later(name, context);
    }

    private Map<String, String> statusCheckerSettings() {
        var all = new LinkedHashMap<>(workerSettings("status-checker"));
        all.put("status-checker.allowed-addresses", Ports.LOOPBACK + "/32");
        return all;
    }

    private Map<String, String> workerSettings(String name) {
        return Map.of(
                name + ".service-url",
                ports.address("message-service").toString(),
                name + ".api-key",
                keys.value(ApiKeys.Name.WORKER_KEY));
    }

    private static CompletableFuture<Void> meanwhile(Runnable work) {
        return CompletableFuture.runAsync(work, Applications::inThread);
    }

    private static <T> CompletableFuture<T> meanwhile(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Applications::inThread);
    }

    /** Of their own and no daemons, unlike the common pool's, which do not see the class path of a packaged program. */
    private static void inThread(Runnable work) {
        new Thread(work, "start").start();
    }
}
