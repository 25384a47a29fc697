package io.reliablemessage.faults.process;

import io.reliablemessage.embedded.EmbeddedPostgres;
import io.reliablemessage.faults.load.Slowness;
import io.reliablemessage.testing.LocalRabbitMq;
import java.time.Duration;

/**
 * A process that is killed and comes back.
 *
 * @param kill with SIGKILL; it and all that it started
 * @param revive returns when it works again
 */
public record KilledProcess(String name, Runnable kill, Runnable revive) {

    /** The name without a replica's number. */
    public String kind() {
        return name.replaceAll(" \\d+$", "");
    }

    /** Is killed, stays dead for a while, and comes back. */
    public String dies(Duration longest) {
        var from = System.nanoTime();
        kill.run();
        Slowness.upTo(longest);
        var dead = System.nanoTime();
        revive.run();
        return "%s, dead for %d ms, back after %d ms"
                .formatted(
                        name,
                        Duration.ofNanos(dead - from).toMillis(),
                        Duration.ofNanos(System.nanoTime() - dead).toMillis());
    }

    public static KilledProcess of(Program program) {
        return new KilledProcess(program.name(), program::kill, () -> {
            program.start();
            program.awaitReady();
        });
    }

    public static KilledProcess of(String name, EmbeddedPostgres server) {
        return new KilledProcess(name, server::kill, server::startAgain);
    }

    public static KilledProcess of(String name, LocalRabbitMq broker) {
        return new KilledProcess(name, broker::kill, broker::start);
    }
}
