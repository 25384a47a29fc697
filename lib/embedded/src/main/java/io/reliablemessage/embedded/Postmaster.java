package io.reliablemessage.embedded;

import io.reliablemessage.embedded.internal.SupervisedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The running server process. */
sealed interface Postmaster permits Postmaster.Supervised, PgCtlPostmaster {

    static Postmaster start(PostgresDirectory directory, PostgresBinaries binaries, List<String> settings) {
        return Platform.isWindows()
                ? PgCtlPostmaster.start(directory, binaries, settings)
                : Supervised.start(directory, binaries, settings);
    }

    boolean isAlive();

    /** Rolls back what is open, writes a checkpoint, and returns when the server is gone. */
    void stop();

    /** Ends the server with all its processes, whatever they are doing. */
    void kill();

    /** On Unix: ends with the JVM, however that ends. */
    record Supervised(SupervisedProcess process) implements Postmaster {

        static Supervised start(PostgresDirectory directory, PostgresBinaries binaries, List<String> settings) {
            var arguments = new ArrayList<>(List.of("-D", directory.cluster().toString()));
            settings.forEach(setting -> arguments.addAll(List.of("-c", setting)));
            return new Supervised(SupervisedProcess.start(
                    binaries.command("postgres", arguments), Map.of(), "INT", directory.log(), directory.litter()));
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public void stop() {
            process.stop();
        }

        @Override
        public void kill() {
            process.kill();
        }
    }
}
