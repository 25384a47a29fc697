package io.reliablemessage.deployment.chart;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The applications accept the chart's settings. */
@OfTheChart
class ChartSettingsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)}");
    private static final String BCRYPT = "$2y$12$" + "Ab3./Ab3./Ab3./Ab3./Ab3./Ab3./Ab3./Ab3./Ab3./Ab3./Ab3";

    @ForEveryExample
    void eachVariableMeansSomethingToItsApplication(String example) {
        assertThat(Pod.ofApplications(example)).allSatisfy(pod -> {
            var named = placeholders(pod, example);
            assertThat(variables(pod))
                    .doesNotHaveDuplicates()
                    .allSatisfy(name -> assertThat(named.contains(name)
                                    || pod.owner().application().understands(name))
                            .as(name)
                            .isTrue());
            assertThat(variables(pod)).containsAll(named);
        });
    }

    @ForEveryExample
    void eachSettingIsOneOfItsApplication(String example) {
        assertThat(Pod.ofApplications(example))
                .allSatisfy(pod -> assertThat(settings(pod, example).stringPropertyNames())
                        .allSatisfy(name -> assertThat(pod.owner().application().understands(variable(name)))
                                .as(name)
                                .isTrue()));
    }

    /**
     * Into the applications' own records, which refuse what they cannot use; members they do not have
     * are refused as well.
     */
    @ParameterizedTest
    @CsvSource({
        "message-service,  message-service.registry,      io.reliablemessage.service.registry.RegistryProperties",
        "message-admin-ui, message-admin-ui.login, io.reliablemessage.adminui.login.LoginProperties"
    })
    void whatIsNestedFits(String component, String prefix, String record) throws ClassNotFoundException {
        var pod = Pod.ofApplications("full").stream()
                .filter(candidate -> candidate.component().equals(component))
                .findFirst()
                .orElseThrow();
        var given = settings(pod, "full").entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        setting -> PLACEHOLDER
                                .matcher(setting.getValue().toString())
                                .replaceAll(ChartSettingsTest::secret)));

        var bound = new Binder(new MapConfigurationPropertySource(given))
                .bind(
                        prefix,
                        Bindable.of(Class.forName(record)),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));

        assertThat(bound.isBound()).isTrue();
    }

    @Test
    void theServiceHasTheKeysOfEverybodyThatCallsIt() {
        var keys = settings(Pod.ofApplications("full").getFirst(), "full").values().stream()
                .map(Object::toString)
                .collect(toSet());

        assertThat(keys)
                .contains(
                        "${SECRET_WORKER_KEY}",
                        "${SECRET_CONSOLE_KEY}",
                        "${SECRET_METRICS_KEY}",
                        "${SECRET_ORDERS_KEY}");
    }

    @Test
    void settingsOfTheValuesAreMergedOverThoseOfTheChart() {
        var settings = settings(Pod.ofApplications("full").getFirst(), "full");

        assertThat(settings)
                .containsEntry("message-service.retention.period", "60d")
                .containsEntry("spring.datasource.hikari.maximum-pool-size", 8)
                .containsEntry("spring.rabbitmq.ssl.bundle", "broker")
                .containsEntry("message-service.registry.subscriptions[0].max-attempts", 12);
    }

    @Test
    void aChangeOfSettingsRollsThePods() {
        var before = checksum("recoveryJob.replicaCount", "3");

        assertThat(checksum("recoveryJob.config.recovery-job.interval", "1s")).isNotEqualTo(before);
        assertThat(checksum("recoveryJob.replicaCount", "4")).isEqualTo(before);
    }

    /**
     * Kubernetes sets STATUS_CHECKER_PORT=tcp://… for a Service of that name, which the application would
     * take for its port.
     */
    @ForEveryExample
    void kubernetesAddsNoVariables(String example) {
        assertThat(Pod.of(example))
                .allSatisfy(
                        pod -> assertThat(pod.spec().path("enableServiceLinks").asBoolean(true))
                                .isFalse());
    }

    private static String checksum(String name, String value) {
        return Chart.renderedWith(name, value).stream()
                .filter(manifest -> manifest.kind().equals("Deployment"))
                .filter(manifest -> manifest.component().equals("recovery-job"))
                .map(manifest -> manifest.text("/spec/template/metadata/annotations/checksum~1config"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> variables(Pod pod) {
        return pod.container()
                .path("env")
                .valueStream()
                .map(variable -> variable.path("name").asString())
                .toList();
    }

    private static Set<String> placeholders(Pod pod, String example) {
        return settings(pod, example).values().stream()
                .flatMap(value -> PLACEHOLDER.matcher(value.toString()).results())
                .map(found -> found.group(1))
                .collect(toSet());
    }

    /** Flat, from the file that the pod mounts. */
    private static Properties settings(Pod pod, String example) {
        var file = Manifest.of("ConfigMap", example).stream()
                .filter(map -> map.name().equals(pod.owner().name()))
                .map(map -> map.text("/data/" + pod.component() + ".yml"))
                .findFirst()
                .orElseThrow();
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ByteArrayResource(file.getBytes(StandardCharsets.UTF_8)));
        return requireNonNull(yaml.getObject());
    }

    /** {@code a.b-c[0].d} is {@code A_BC_0_D}. */
    private static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replaceAll("[.\\[\\]]+", "_")
                .replaceAll("_$", "");
    }

    private static String secret(MatchResult placeholder) {
        var name = placeholder.group(1);
        var secret = name.startsWith("SECRET_SEALING")
                ? Base64.getEncoder()
                        .encodeToString("0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.UTF_8))
                : name.endsWith("_PASSWORD") ? BCRYPT : "0123456789abcdefghijklmnopqrstuvwxyz" + name;
        return Matcher.quoteReplacement(secret);
    }
}
