package io.reliablemessage.embedded;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * On Windows, where only {@code pg_ctl} can start a server for an administrator and stop it with a checkpoint:
 * stopped by a shutdown hook, so a killed JVM leaves it running until {@link LeftoverPostmaster} finds it.
 */
record PgCtlPostmaster(PostgresDirectory directory, PostgresBinaries binaries, Thread hook) implements Postmaster {

    static PgCtlPostmaster start(PostgresDirectory directory, PostgresBinaries binaries, List<String> settings) {
        var options = settings.stream().map(setting -> "-c " + setting).collect(Collectors.joining(" "));
        pgCtl(directory, binaries, List.of("start", "--wait", "--log=" + directory.log(), "--options=" + options));
        var hook = new Thread(() -> stop(directory, binaries), "stop embedded PostgreSQL");
        Runtime.getRuntime().addShutdownHook(hook);
        return new PgCtlPostmaster(directory, binaries, hook);
    }

    @Override
    public boolean isAlive() {
        return Files.exists(directory.cluster().resolve("postmaster.pid"));
    }

    @Override
    public void stop() {
        Runtime.getRuntime().removeShutdownHook(hook);
        stop(directory, binaries);
    }

    @Override
    public void kill() {
        Runtime.getRuntime().removeShutdownHook(hook);
        pgCtl(directory, binaries, List.of("stop", "--wait", "--mode=immediate"));
    }

    private static void stop(PostgresDirectory directory, PostgresBinaries binaries) {
        if (Files.exists(directory.cluster().resolve("postmaster.pid"))) {
            pgCtl(directory, binaries, List.of("stop", "--wait", "--mode=fast"));
        }
    }

    private static void pgCtl(PostgresDirectory directory, PostgresBinaries binaries, List<String> arguments) {
        var all = new ArrayList<>(arguments);
        all.add("--pgdata=" + directory.cluster());
        binaries.run("pg_ctl", all, directory.root().resolve("pg_ctl.log"));
    }
}
