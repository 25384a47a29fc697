package io.reliablemessage.service.platform.liveness;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Checks that all workers have called lately and none is paused. */
@Component
public class WorkerHealth {

    private static final int MISSED = 3;

    private final WorkerRegistry workers;
    private final WorkerProperties properties;

    WorkerHealth(WorkerRegistry workers, WorkerProperties properties) {
        this.workers = workers;
        this.properties = properties;
    }

    /** The problems, by worker. */
    public Map<String, String> troubles() {
        var troubles = new TreeMap<String, String>();
        workers.paused().forEach(kind -> troubles.put(kind, "paused"));
        var silences = workers.silences();
        properties.intervals().forEach((kind, interval) -> {
            var silence = silences.getOrDefault(kind, Duration.ZERO);
            if (silence.compareTo(interval.multipliedBy(MISSED)) > 0) {
                troubles.put(kind, "silent for %d s".formatted(silence.toSeconds()));
            }
        });
        return troubles;
    }
}
