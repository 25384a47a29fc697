package io.reliablemessage.quickstart.launch;

import io.reliablemessage.quickstart.scenario.Scenarios;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Starts everything, plays the scenarios, prints where to look, and runs until it is stopped. */
public final class Quickstart {

    private Quickstart() {}

    public static void main(String[] args) {
        Logs.quiet();
        var terminal = new Terminal(System.out);
        var shutdown = new Shutdown(terminal);
        shutdown.listen();
        try {
            run(Settings.of(args), terminal, shutdown);
        } catch (Throwable failure) {
            if (!shutdown.hasBegun()) { // otherwise it failed because everything is being stopped
                Failure.of(failure).print(terminal);
                shutdown.exit(1);
            }
        }
    }

    private static void run(Settings settings, Terminal terminal, Shutdown shutdown) {
        var properties = settings.quickstart();
        if (properties.endsWithParent()) {
            shutdown.endWithParent();
        }
        terminal.print("Reliable Message quickstart; all data are in %s", properties.directory());
        var data = shutdown.later("data directory", DataDirectory.open(properties.directory()));
        properties.ports().requireFree(Broker.isEmbedded(settings));
        var keys = ApiKeys.keptIn(data.path());
        new Newcomer(settings, keys).writeTo(data.keys());

        new Applications(settings, keys, terminal, shutdown).start(data);

        terminal.print("ready after %.1f s", sinceJvmStart().toMillis() / 1000.0);
        if (properties.scenarios()) {
            Scenarios.playAt(
                    properties.ports().addresses(),
                    keys.value(ApiKeys.Name.PRODUCER_KEY),
                    keys.value(ApiKeys.Name.OPERATOR_KEY),
                    System.out);
        }
        new StartupSummary(settings, data, keys).print(terminal);
        shutdown.await();
    }

    private static Duration sinceJvmStart() {
        return Duration.ofMillis(System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime());
    }
}
