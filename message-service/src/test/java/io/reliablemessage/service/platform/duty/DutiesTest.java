package io.reliablemessage.service.platform.duty;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.Service;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DutiesTest {

    private final Service service = Service.shared();

    @BeforeEach
    void nobodyHasCalledForASecond() throws InterruptedException {
        Thread.sleep(1_100); // calls within a second count as one
    }

    @Test
    void silenceDegradesTheDutiesUntilAWorkerCalls() {
        service.jdbc()
                .sql("UPDATE worker_seen SET at = now() - interval '16 s'")
                .update();

        assertThat(duties().text("status")).isEqualTo("DEGRADED");
        assertThat(silence()).isGreaterThan(15);
        service.asNobody().get("/actuator/health/readiness").is(200);

        service.bean(Duties.class).seen("redelivery");
        assertThat(duties().text("status")).isEqualTo("DEGRADED"); // nobody asks producers
        service.as(Key.WORKER).post("/jobs/checkbacks/lease", Map.of()).is(200);

        assertThat(duties().text("status")).isEqualTo("UP");
        assertThat(silence()).isLessThan(15);
    }

    @Test
    void aCallOfTheRedeliveryJobCounts() {
        service.jdbc()
                .sql("UPDATE worker_seen SET at = now() - interval '1 h' WHERE kind = 'redelivery'")
                .update();
        service.as(Key.WORKER).post("/jobs/checkbacks/lease", Map.of()).is(200);

        service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);

        assertThat(duties().text("status")).isEqualTo("UP");
    }

    private Answer duties() {
        return service.asNobody().get("/actuator/health/duties");
    }

    private double silence() {
        return service.bean(MeterRegistry.class)
                .get("reliable.message.worker.silence")
                .tag("worker", "redelivery")
                .gauge()
                .value();
    }
}
