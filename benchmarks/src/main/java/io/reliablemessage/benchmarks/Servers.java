package io.reliablemessage.benchmarks;

import io.reliablemessage.embedded.EmbeddedPostgres;
import io.reliablemessage.testing.LocalRabbitMq;
import java.sql.SQLException;
import java.util.List;

/**
 * The PostgreSQL and the RabbitMQ that the measured services run on; both durable, both empty, both
 * end with this JVM.
 */
record Servers(EmbeddedPostgres postgres, LocalRabbitMq rabbitMq) implements AutoCloseable {

    /** What anybody gives a PostgreSQL that has a machine for itself; embedded ones are modest. */
    private static final List<String> OF_A_SERVER =
            List.of("shared_buffers=6GB", "max_wal_size=16GB", "min_wal_size=4GB", "checkpoint_timeout=15min");

    static Servers start() {
        if (!LocalRabbitMq.isInstalled()) {
            throw new IllegalStateException(
                    "There is no rabbitmq-server on this machine. The embedded broker is no substitute here: it is"
                            + " another broker, and would be measured instead.");
        }
        var postgres = EmbeddedPostgres.temporary(OF_A_SERVER);
        try {
            return new Servers(postgres, LocalRabbitMq.launch());
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    /** The process that all of PostgreSQL's others are children of. */
    long postmaster() {
        try (var ledger = new Ledger(this, "postgres")) {
            var backend = ledger.backendPid();
            return ProcessHandle.of(backend)
                    .flatMap(ProcessHandle::parent)
                    .map(ProcessHandle::pid)
                    .orElse(0L);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        rabbitMq.close();
        postgres.close();
    }
}
