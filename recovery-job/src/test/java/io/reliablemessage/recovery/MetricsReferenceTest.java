package io.reliablemessage.recovery;

import io.reliablemessage.testing.GeneratedFile;
import io.reliablemessage.testing.MetricsTable;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} lists what the recovery job measures. */
class MetricsReferenceTest {

    @Test
    void theFileListsWhatItMeasures() {
        try (var service = new StubService();
                var job = RunningJob.calling(service)) {
            GeneratedFile.section("docs/metrics.md", "recovery-job")
                    .mustHold(MetricsTable.of(job.get("/actuator/prometheus").body()));
        }
    }
}
