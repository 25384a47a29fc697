package io.reliablemessage.service.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.Service;
import io.reliablemessage.testing.GeneratedFile;
import io.reliablemessage.testing.MetricsTable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} lists what the service measures. */
class MetricsReferenceTest {

    private final Service service = Service.shared();

    @Test
    void theFileListsWhatTheServiceMeasures() {
        var route = service.newRoute();
        route.ack(route.confirmed()).is(200); // what is measured from the first time on

        GeneratedFile.section("docs/metrics.md", "message-service").mustHold(MetricsTable.of(scraped()));
    }

    @Test
    void whatItSaysOfSpringsMetricsIsThere() {
        var text = GeneratedFile.whole("docs/metrics.md").text().split("## What Spring Boot measures", 2)[1];

        assertThat(Pattern.compile("`((?:http|hikaricp|jvm|process)_\\w+)`")
                        .matcher(text)
                        .results())
                .hasSizeGreaterThan(5)
                .allSatisfy(metric -> assertThat(scraped()).contains("\n# TYPE " + metric.group(1)));
    }

    private String scraped() {
        return service.as(Key.NOTHING)
                .get("/actuator/prometheus")
                .is(200)
                .body()
                .asString();
    }
}
