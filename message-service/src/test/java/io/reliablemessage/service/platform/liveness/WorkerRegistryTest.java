package io.reliablemessage.service.platform.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerRegistryTest {

    private final Service service = Service.shared();

    @Test
    void silenceDegradesTheHealthOfWorkersUntilOneCalls() {
        service.jdbc()
                .sql("UPDATE worker_seen SET at = now() - interval '16 s'")
                .update();

        assertThat(workers().text("status")).isEqualTo("DEGRADED");
        await().untilAsserted(() -> assertThat(silence()).isGreaterThan(15));
        service.asNobody().get("/actuator/health/readiness").is(200);

        new WorkerRegistry(service.jdbc()).seen("redelivery");
        assertThat(workers().text("status")).isEqualTo("DEGRADED"); // nobody asks producers
        untilItCounts(() ->
                service.as(Key.WORKER).post("/jobs/checkbacks/lease", Map.of()).is(200));

        await().untilAsserted(() -> assertThat(silence()).isLessThan(15));
    }

    @Test
    void aCallOfTheRedeliveryJobCounts() {
        service.jdbc()
                .sql("UPDATE worker_seen SET at = now() - interval '1 h' WHERE kind = 'redelivery'")
                .update();
        new WorkerRegistry(service.jdbc()).seen("checkback");

        untilItCounts(() ->
                service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200));
    }

    @Test
    void whatIsPausedIsExported() {
        var workers = service.bean(WorkerRegistry.class);
        workers.pause("redelivery", true);
        try {
            await().untilAsserted(
                            () -> assertThat(gauge("paused", "redelivery")).isOne());
            assertThat(gauge("paused", "checkback")).isZero();
        } finally {
            workers.pause("redelivery", false);
        }
        await().untilAsserted(() -> assertThat(gauge("paused", "redelivery")).isZero());
    }

    /** Calls within a second of another count as one. */
    private void untilItCounts(Runnable call) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            call.run();
            assertThat(workers().text("status")).isEqualTo("UP");
        });
    }

    private Answer workers() {
        return service.asNobody().get("/actuator/health/workers");
    }

    private double silence() {
        return gauge("silence", "redelivery");
    }

    private double gauge(String name, String worker) {
        service.bean(WorkerMetrics.class).measure();
        return service.bean(MeterRegistry.class)
                .get("reliable.message.worker." + name)
                .tag("worker", worker)
                .gauge()
                .value();
    }
}
