package io.reliablemessage.service.platform.liveness;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores, for all replicas, when each worker called last, and whether an operator paused it. */
@Component
public class WorkerRegistry {

    // One write per second, however many workers and replicas there are.
    private static final String SEEN = """
            INSERT INTO worker_seen AS w (kind, at) VALUES (:kind, now())
                ON CONFLICT (kind) DO UPDATE SET at = now() WHERE w.at < now() - interval '1 s'
            """;

    private static final String PAUSE = "UPDATE worker_seen SET paused = :paused WHERE kind = :kind";

    private static final String PAUSED = "SELECT kind FROM worker_seen WHERE paused";

    private static final String SILENCES = """
            SELECT kind, extract(EPOCH FROM now() - at) AS seconds FROM worker_seen
            """;

    private static final long OFTEN_ENOUGH = Duration.ofSeconds(1).toNanos();

    private final JdbcClient jdbc;
    private final Map<String, Long> written = new ConcurrentHashMap<>();

    WorkerRegistry(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Records a call of a worker. */
    public void seen(String kind) {
        var now = System.nanoTime();
        var last = written.get(kind);
        if (last == null || now - last > OFTEN_ENOUGH) {
            written.put(kind, now);
            jdbc.sql(SEEN).param("kind", kind).update();
        }
    }

    /** Pauses or resumes a worker: while paused, it gets no work from any replica. */
    public boolean isPaused(String kind) {
        return paused().contains(kind);
    }

    /** @return false if there is no such worker */
    public boolean pause(String kind, boolean isPaused) {
        return 1
                == jdbc.sql(PAUSE).param("kind", kind).param("paused", isPaused).update();
    }

    Set<String> paused() {
        return new HashSet<>(jdbc.sql(PAUSED).query(String.class).list());
    }

    /** The time since the last call, by worker. */
    Map<String, Duration> silences() {
        return jdbc
                .sql(SILENCES)
                .query((row, number) ->
                        Map.entry(row.getString("kind"), Duration.ofMillis((long) (row.getDouble("seconds") * 1000))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
