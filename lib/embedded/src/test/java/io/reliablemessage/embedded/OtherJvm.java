package io.reliablemessage.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JVM that keeps a PostgreSQL in a directory until it is killed. */
record OtherJvm(Process process, BufferedReader output) implements AutoCloseable {

    static OtherJvm keepingPostgresIn(Path directory) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            var process = new ProcessBuilder(List.of(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            KeptPostgres.class.getName(),
                            directory.toString()))
                    .redirectErrorStream(true)
                    .start();
            return new OtherJvm(process, process.inputReader(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OtherJvm awaitReady() {
        var seen = new StringBuilder();
        for (var line = line(); line != null; line = line()) {
            if (line.equals(KeptPostgres.READY)) {
                return this;
            }
            seen.append(line).append('\n');
        }
        throw new IllegalStateException("The other JVM ended:\n" + seen);
    }

    /** What it printed until it ended by itself. */
    String outputToTheEnd() {
        return String.join("\n", output.lines().toList());
    }

    /** Every process that exists because of this JVM. */
    List<ProcessHandle> offspring() {
        return process.descendants().toList();
    }

    static boolean isPostmaster(ProcessHandle process) {
        return isProgram("postgres", process)
                && process.parent()
                        .filter(parent -> isProgram("postgres", parent))
                        .isEmpty();
    }

    static boolean isShell(ProcessHandle process) {
        return !isProgram("postgres", process);
    }

    private static boolean isProgram(String name, ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith(name))
                .isPresent();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Returns when what it started has ended too: until then its server still writes to the directory. */
    @Override
    public void close() {
        var left = offspring();
        kill();
        await().atMost(Duration.ofSeconds(30)).until(() -> left.stream().noneMatch(ProcessHandle::isAlive));
    }

    private @Nullable String line() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the other JVM runs. */
    static final class KeptPostgres {

        static final String READY = "ready";

        public static void main(String[] arguments) throws InterruptedException {
            var postgres = EmbeddedPostgres.keptIn(Path.of(arguments[0]));
            new Sql(postgres, "postgres").run("CREATE TABLE IF NOT EXISTS note (text text)");
            new Sql(postgres, "postgres").run("INSERT INTO note VALUES ('written before the kill')");
            System.out.println(READY);
            Thread.currentThread().join();
        }
    }
}
