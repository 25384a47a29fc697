package io.reliablemessage.checker;

import io.reliablemessage.testing.GeneratedFile;
import io.reliablemessage.testing.MetricsTable;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} lists what the status checker measures. */
class MetricsReferenceTest {

    @Test
    void theFileListsWhatItMeasures() {
        try (var service = new StubService();
                var checker = RunningChecker.calling(service)) {
            GeneratedFile.section("docs/metrics.md", "status-checker")
                    .mustHold(
                            MetricsTable.of(checker.get("/actuator/prometheus").body()));
        }
    }
}
