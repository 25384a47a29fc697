package io.reliablemessage.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.deployment.Application;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** References between objects are correct. */
@OfTheChart
class ChartSelectorsTest {

    private static final Pattern ADDRESS = Pattern.compile("http://[^ \"\\\\]+");

    @ForEveryExample
    void eachSelectsThePodsOfItsComponentAndNoOther(String example) {
        assertThat(Chart.rendered(example).stream()
                        .flatMap(manifest -> selectors(manifest)
                                .map(selector -> List.of(manifest.component(), selected(selector, example)))))
                .hasSizeGreaterThanOrEqualTo(16)
                .allSatisfy(pair -> assertThat(pair.get(1)).isEqualTo(List.of(pair.get(0))));
    }

    @ForEveryExample
    void aServiceLeadsToTheNamedPort(String example) {
        assertThat(Manifest.of("Service", example))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(service -> {
                    assertThat(service.text("/spec/ports/0/targetPort")).isEqualTo("http");
                    assertThat(service.at("/spec/ports/0/port").asInt())
                            .isEqualTo(service.application().port());
                });
    }

    @ForEveryExample
    void anIngressLeadsToAService(String example) {
        assertThat(Manifest.of("Ingress", example).stream()
                        .flatMap(ingress -> ingress.all("/spec/rules"))
                        .flatMap(rule -> rule.at("/http/paths").valueStream())
                        .map(path -> path.at("/backend/service")))
                .allSatisfy(backend -> {
                    assertThat(named("Service", backend.path("name").asString(), example))
                            .hasSize(1);
                    assertThat(backend.at("/port/name").asString()).isEqualTo("http");
                });
    }

    @ForEveryExample
    void aScalerHasItsDeploymentForItself(String example) {
        assertThat(Manifest.of("HorizontalPodAutoscaler", example)).allSatisfy(scaler -> {
            assertThat(scaler.text("/spec/scaleTargetRef/kind")).isEqualTo("Deployment");
            assertThat(named("Deployment", scaler.text("/spec/scaleTargetRef/name"), example))
                    .singleElement()
                    .satisfies(deployment ->
                            assertThat(deployment.at("/spec").has("replicas")).isFalse());
            assertThat(scaler.component()).isNotEqualTo("message-admin-ui");
        });
    }

    @ForEveryExample
    void aMonitorFindsItsServiceAndItsPort(String example) {
        assertThat(Manifest.of("ServiceMonitor", example)).allSatisfy(monitor -> {
            var selector = Manifest.labels(monitor.at("/spec/selector/matchLabels"));
            assertThat(Manifest.of("Service", example).stream()
                            .filter(service -> Manifest.labels(service.at("/metadata/labels"))
                                    .entrySet()
                                    .containsAll(selector.entrySet())))
                    .singleElement()
                    .satisfies(service -> {
                        assertThat(service.component()).isEqualTo(monitor.component());
                        assertThat(managementPort(service).path("name").asString())
                                .isEqualTo(monitor.text("/spec/endpoints/0/port"));
                    });
        });
    }

    @ForEveryExample
    void accountsAndSettingsThatPodsNameAreThere(String example) {
        assertThat(Pod.ofApplications(example)).allSatisfy(pod -> {
            var account = pod.spec().path("serviceAccountName").asString();
            assertThat(
                            example.equals("openshift")
                                    ? account.equals("messages")
                                    : named("ServiceAccount", account, example).size() == 1)
                    .as(account)
                    .isTrue();
            assertThat(pod.spec()
                            .path("volumes")
                            .valueStream()
                            .map(volume -> volume.at("/configMap/name").asString(""))
                            .filter(name -> !name.isEmpty()))
                    .singleElement()
                    .satisfies(name ->
                            assertThat(named("ConfigMap", name, example)).hasSize(1));
        });
    }

    /** The console has one of its own, after the users'. */
    private static JsonNode managementPort(Manifest service) {
        var ports = service.at("/spec/ports");
        return ports.path(ports.size() - 1);
    }

    /** In the applications' variables and in the script of {@code helm test}. */
    @ForEveryExample
    void everyAddressIsThatOfAService(String example) {
        var services = Manifest.of("Service", example).stream()
                .map(service -> service.name() + ":"
                        + managementPort(service).path("port").asInt());

        assertThat(Pod.of(example).stream()
                        .flatMap(pod ->
                                ADDRESS.matcher(pod.container().toString()).results())
                        .map(found -> URI.create(found.group()).getAuthority())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(services.toList());
    }

    @Test
    void theTestAsksForTheWorkersInAGroupThatIsThere() {
        var script = Manifest.of("Pod", "minimal").getFirst().text("/spec/containers/0/args/0");

        assertThat(script).contains("http://rm-message-service:8080/actuator/health/workers");
        assertThat(Application.MESSAGE_SERVICE.settings())
                .containsEntry("management.endpoint.health.group.workers.include", "workerCalls");
    }

    private static Stream<JsonNode> selectors(Manifest manifest) {
        return (switch (manifest.kind()) {
                    case "Service" -> Stream.of("/spec/selector");
                    case "PodDisruptionBudget" -> Stream.of("/spec/selector/matchLabels");
                    case "NetworkPolicy" -> Stream.of("/spec/podSelector/matchLabels");
                    case "Deployment" ->
                        Stream.of(
                                "/spec/selector/matchLabels",
                                "/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels");
                    default -> Stream.<String>empty();
                })
                .map(manifest::at);
    }

    private static List<String> selected(JsonNode selector, String example) {
        var labels = Manifest.labels(selector);
        return labels.isEmpty()
                ? List.of()
                : Pod.of(example).stream()
                        .filter(pod -> pod.labels().entrySet().containsAll(labels.entrySet()))
                        .map(Pod::component)
                        .toList();
    }

    private static List<Manifest> named(String kind, String name, String example) {
        return Manifest.of(kind, example).stream()
                .filter(manifest -> manifest.name().equals(name))
                .toList();
    }
}
