package io.reliablemessage.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

@OfTheChart
class ChartPodsTest {

    /** Publishing's own drain follows the one of the web server. */
    private static final Duration LAST_BATCH = Duration.ofSeconds(5);

    @ForEveryExample
    void mayDoLittle(String example) {
        assertThat(Pod.of(example)).hasSizeGreaterThanOrEqualTo(4).allSatisfy(pod -> {
            var user = pod.spec().at("/securityContext");
            assertThat(user.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(user.path("runAsUser").asInt(1)).isPositive();
            assertThat(user.at("/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
            assertThat(pod.spec().path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(pod.spec().path("containers")).hasSize(1);
            var rights = pod.container().path("securityContext");
            assertThat(rights.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(rights.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(rights.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
            assertThat(rights.at("/capabilities").has("add")).isFalse();
        });
    }

    @ForEveryExample
    void canWriteWhatTheJvmMustWrite(String example) {
        assertThat(Pod.ofApplications(example)).allSatisfy(pod -> {
            assertThat(named("tmp", pod.container().path("volumeMounts"))
                            .path("mountPath")
                            .asString())
                    .isEqualTo("/tmp");
            assertThat(named("tmp", pod.spec().path("volumes")).has("emptyDir")).isTrue();
        });
    }

    @ForEveryExample
    void mountsOnlyVolumesThatItHas(String example) {
        assertThat(Pod.ofApplications(example))
                .allSatisfy(pod -> assertThat(pod.container()
                                .path("volumeMounts")
                                .valueStream()
                                .map(ChartPodsTest::name))
                        .containsExactlyElementsOf(pod.spec()
                                .path("volumes")
                                .valueStream()
                                .map(ChartPodsTest::name)
                                .toList()));
    }

    @ForEveryExample
    void runsAnImageThatIsNamedExactly(String example) {
        assertThat(Pod.of(example))
                .allSatisfy(pod -> assertThat(pod.container().path("image").asString())
                        .matches("([a-z0-9./-]+/)?[a-z0-9/-]+(:[0-9][A-Za-z0-9.-]*|@sha256:[0-9a-f]{64})"));
        assertThat(Pod.ofApplications(example))
                .allSatisfy(pod -> assertThat(
                                pod.container().path("image").asString().split("[:@]", 2)[0])
                        .endsWith("/" + pod.component()));
    }

    @ForEveryExample
    void hasALimitForItsMemoryAndARequestForItsPower(String example) {
        assertThat(Pod.of(example)).allSatisfy(pod -> {
            var resources = pod.container().path("resources");
            assertThat(resources.at("/limits/memory").asString(""))
                    .isNotEmpty()
                    .isEqualTo(resources.at("/requests/memory").asString(""));
            assertThat(resources.at("/requests/cpu").asString("")).isNotEmpty();
        });
    }

    @ForEveryExample
    void listensWhereItsApplicationDoes(String example) {
        assertThat(Pod.ofApplications(example)).allSatisfy(pod -> {
            assertThat(pod.container().at("/ports/0/name").asString()).isEqualTo("http");
            assertThat(pod.container().at("/ports/0/containerPort").asInt())
                    .isEqualTo(pod.owner().application().port());
        });
    }

    /** A probe's path is one of Boot's health groups, which the application has to have switched on. */
    @ForEveryExample
    void isAskedForItsHealthWhereItTells(String example) {
        assertThat(Pod.ofApplications(example)).allSatisfy(pod -> {
            var settings = pod.owner().application().settings();
            assertThat(settings.get("management.endpoint.health.probes.enabled"))
                    .isEqualTo(true);
            assertThat(settings.getProperty("management.endpoints.web.exposure.include"))
                    .contains("health", "prometheus");
            assertThat(probe("startup", pod)).isEqualTo("/actuator/health/liveness");
            assertThat(probe("liveness", pod)).isEqualTo("/actuator/health/liveness");
            assertThat(probe("readiness", pod)).isEqualTo("/actuator/health/readiness");
        });
    }

    @ForEveryExample
    void isReplacedOnlyByOneThatIsReady(String example) {
        assertThat(Manifest.of("Deployment", example)).allSatisfy(deployment -> {
            assertThat(deployment
                            .at("/spec/strategy/rollingUpdate/maxUnavailable")
                            .asInt(1))
                    .isZero();
            assertThat(deployment.text("/spec/template/metadata/annotations/checksum~1config"))
                    .hasSize(64);
        });
    }

    @ForEveryExample
    void hasTheTimeToDrain(String example) {
        assertThat(Pod.ofApplications(example)).allSatisfy(pod -> {
            var drain = pod.owner().application().settings().getProperty("spring.lifecycle.timeout-per-shutdown-phase");
            var still = Duration.ofSeconds(
                    pod.container().at("/lifecycle/preStop/sleep/seconds").asInt());
            assertThat(still).isPositive();
            assertThat(Duration.ofSeconds(
                            pod.spec().path("terminationGracePeriodSeconds").asInt()))
                    .isGreaterThan(
                            still.plus(DurationStyle.detectAndParse(drain)).plus(LAST_BATCH));
        });
    }

    private static String probe(String name, Pod pod) {
        var probe = pod.container().path(name + "Probe");
        assertThat(probe.at("/httpGet/port").asString())
                .isEqualTo(pod.component().equals("message-admin-ui") ? "management" : "http");
        return probe.at("/httpGet/path").asString();
    }

    private static JsonNode named(String name, JsonNode list) {
        return list.valueStream()
                .filter(element -> name(element).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String name(JsonNode element) {
        return element.path("name").asString();
    }
}
