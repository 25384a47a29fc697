package io.reliablemessage.faults.process;

import io.reliablemessage.embedded.EmbeddedPostgres;
import io.reliablemessage.testing.LocalRabbitMq;
import io.reliablemessage.testing.PostgresServer.Database;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A RabbitMQ, and a PostgreSQL for everybody who keeps something. */
public record Servers(LocalRabbitMq rabbitMq, Map<Owner, EmbeddedPostgres> postgres) implements AutoCloseable {

    private static final String DATABASE = "own";

    public enum Owner {
        SERVICE,
        PRODUCER,
        CONSUMER
    }

    public static Servers start() {
        var rabbitMq = meanwhile(LocalRabbitMq::launch);
        var starting = new EnumMap<Owner, CompletableFuture<EmbeddedPostgres>>(Owner.class);
        for (var owner : Owner.values()) {
            starting.put(owner, meanwhile(EmbeddedPostgres::temporary)); // what fails ends with this JVM
        }
        var postgres = new EnumMap<Owner, EmbeddedPostgres>(Owner.class);
        starting.forEach((owner, server) -> postgres.put(owner, server.join()));
        postgres.values().forEach(server -> server.createDatabase(DATABASE));
        return new Servers(rabbitMq.join(), postgres);
    }

    private static <T> CompletableFuture<T> meanwhile(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().start(task));
    }

    public Database databaseOf(Owner owner) {
        var server = Objects.requireNonNull(postgres.get(owner));
        return new Database(DATABASE, server.url(DATABASE), server.username(), server.password());
    }

    public List<KilledProcess> processes() {
        var processes = new ArrayList<>(List.of(KilledProcess.of("RabbitMQ", rabbitMq)));
        postgres.forEach((owner, server) -> processes.add(
                KilledProcess.of("PostgreSQL of the " + owner.name().toLowerCase(Locale.ROOT), server)));
        return processes;
    }

    @Override
    public void close() {
        rabbitMq.kill();
        rabbitMq.close();
        postgres.values().forEach(EmbeddedPostgres::close);
    }
}
