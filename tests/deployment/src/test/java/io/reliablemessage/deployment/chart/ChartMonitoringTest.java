package io.reliablemessage.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.deployment.chart.Pod.SecretKey;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@OfTheChart
class ChartMonitoringTest {

    private static final Path OBSERVABILITY = Project.file("observability");

    @Test
    void theAlertsAreThoseOfTheRepository() {
        var rules = Values.read(OBSERVABILITY.resolve("rules").resolve("reliable-message.yml"));

        assertThat(Manifest.of("PrometheusRule", "full"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.at("/spec/groups"))
                        .isNotEmpty()
                        .isEqualTo(JsonMapper.shared().valueToTree(rules.get("groups"))));
    }

    @Test
    void theDashboardsAreThoseOfTheRepository() throws IOException {
        var dashboards = Manifest.of("ConfigMap", "full").stream()
                .filter(map -> map.at("/metadata/labels").has("grafana_dashboard"))
                .toList();

        try (var files = Files.list(OBSERVABILITY.resolve("grafana").resolve("dashboards"))) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(dashboards)
                            .extracting(map -> map.at("/data")
                                    .path(file.getFileName().toString())
                                    .asString("")
                                    .strip())
                            .contains(Files.readString(file).strip()));
        }
    }

    @Test
    void prometheusShowsTheServiceAKeyThatItKnows() {
        assertThat(Manifest.of("ServiceMonitor", "full")).hasSize(4).allSatisfy(monitor -> {
            var credentials = monitor.at("/spec/endpoints/0/authorization/credentials");
            if (monitor.component().equals("message-service")) {
                assertThat(Pod.ofApplications("full").getFirst().secretVariables())
                        .contains(SecretKey.of(credentials));
            } else {
                assertThat(credentials.isMissingNode()).isTrue();
            }
            assertThat(monitor.text("/spec/endpoints/0/path")).isEqualTo("/actuator/prometheus");
            assertThat(monitor.text("/spec/jobLabel")).isEqualTo("app.kubernetes.io/component");
        });
    }

    @Test
    void whatIsNotAskedForIsNotThere() {
        assertThat(Chart.rendered("minimal"))
                .extracting(Manifest::kind)
                .doesNotContain("ServiceMonitor", "PrometheusRule", "Ingress", "HorizontalPodAutoscaler");
        assertThat(Manifest.labels(
                        Manifest.of("ServiceMonitor", "full").getFirst().at("/metadata/labels")))
                .containsAllEntriesOf(Map.of("release", "prometheus"));
    }
}
