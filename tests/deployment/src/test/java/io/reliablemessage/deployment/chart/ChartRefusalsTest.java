package io.reliablemessage.deployment.chart;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are unknown, missing or unsafe are refused before anything is installed, with what to do. */
@OfTheChart
class ChartRefusalsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            database.pasword                                | x       | at '/database': additional properties 'pasword' not allowed
            messageservice.replicaCount                     | 2       | additional properties 'messageservice' not allowed
            rabbitmq.port                                   | 70000   | at '/rabbitmq/port': maximum: got 70,000, want 65,535
            defaults.securityContext.readOnlyRootFilesystem | false   | at '/defaults/securityContext/readOnlyRootFilesystem': value must be true
            statusChecker.securityContext                   | null    | at '/statusChecker/securityContext': got null, want object
            defaults.securityContext                        | null    | at '/defaults': missing property 'securityContext'
            defaults.podSecurityContext.runAsUser           | 0       | at '/defaults/podSecurityContext/runAsUser': minimum: got 0, want 1
            recoveryJob.podSecurityContext.runAsNonRoot     | false   | at '/recoveryJob/podSecurityContext/runAsNonRoot': value must be true
            defaults.podDisruptionBudget.maxUnavailable     | 0       | at '/defaults/podDisruptionBudget/maxUnavailable': minimum: got 0, want 1
            messageAdminUi.autoscaling.enabled              | true    | at '/messageAdminUi': additional properties 'autoscaling' not allowed
            messageAdminUi.environmentColor                 | pink    | value must be one of 'grey', 'green', 'amber', 'red'
            apiKeys.workerKey                               | w-key   | at '/apiKeys/workerKey': 'w-key' does not match pattern
            registry.applications[0].value                  | s3cret  | at '/registry/applications/0': additional properties 'value' not allowed
            """)
    void theSchemaRefuses(String name, String value, String message) {
        refuses(name, value, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            database.host                                         | ''       | database.host is missing. Set it; README.md says to what.
            rabbitmq.existingSecret                               | ''       | rabbitmq.existingSecret is missing.
            apiKeys.existingSecret                                | ''       | apiKeys.existingSecret is missing.
            image.tag                                             | latest   | image.tag is latest, which does not say what runs. Name a version.
            statusChecker.image.tag                               | latest   | statusChecker.image.tag is latest
            test.image.tag                                        | latest   | test.image.tag is latest
            database.parameters.password                          | s3cret   | database.parameters.password is given. Put it into the Secret database.existingSecret.
            rabbitmq.tls.caSecret.name                            | broker   | rabbitmq.tls.enabled is false: nothing would be encrypted.
            messageService.terminationGracePeriodSeconds          | 30       | messageService.terminationGracePeriodSeconds is 30, so that draining could be cut short.
            messageService.config.message-service.registry.x      | y        | messageService.config sets message-service.registry
            recoveryJob.config.recovery-job.api-key               | s3cret   | recoveryJob.config holds api-key as plain text. Write ${NAME} there
            messageService.config.spring.datasource.password      | s3cret   | messageService.config holds password as plain text.
            messageService.ingress.enabled                        | true     | messageService.ingress.tls is empty, so that keys or passwords would travel in plain text.
            messageAdminUi.ingress.enabled                        | true     | messageAdminUi.ingress.hosts is empty. Name the host.
            messageAdminUi.login.users                            | null     | so nobody could log in. Give one, or set messageAdminUi.enabled to false.
            messageAdminUi.login.existingSecret                   | ''       | messageAdminUi.login.existingSecret is missing.
            messageAdminUi.login.oidc.enabled                     | true     | messageAdminUi.login.oidc needs issuerUri, clientId and roles.
            """)
    void theChartRefuses(String name, String value, String message) {
        refuses(name, value, "these values cannot work", message);
    }

    @Test
    void anApplicationTakesNoNameOfTheCharts() {
        assertThatThrownBy(() -> Chart.renderedWith(
                        "registry.applications[0].name",
                        "workers",
                        "registry.applications[0].keys[0].secretKey",
                        "K",
                        "registry.applications[0].keys[0].roles[0]",
                        "producer"))
                .hasMessageContaining("registry.applications names workers, which the chart makes by itself.");
    }

    @ParameterizedTest
    @CsvSource({"WORKER_KEY", "DB_PASSWORD", "CLIENT_SECRET"})
    void aSecretIsNoPlainVariable(String variable) {
        assertThatThrownBy(() -> Chart.renderedWith(
                        "recoveryJob.extraEnv[0].name", variable, "recoveryJob.extraEnv[0].value", "s3cret"))
                .hasMessageContaining("recoveryJob.extraEnv gives %s as plain text.", variable);
    }

    @ParameterizedTest
    @CsvSource({"messageAdminUi.replicaCount, more than 1, but sessions are in memory"})
    void severalConsolesWantAnIngressThatKnowsBrowsers(String name, String message) {
        String[] ingress = {
            name,
            "2",
            "messageAdminUi.ingress.enabled",
            "true",
            "messageAdminUi.ingress.hosts[0].host",
            "c.example.com",
            "messageAdminUi.ingress.tlsTerminatedElsewhere",
            "true"
        };

        assertThatThrownBy(() -> Chart.renderedWith(ingress))
                .hasMessageContaining("more than 1, but sessions are in memory");
    }

    /** What comes near to what is refused, and is all right. */
    @ParameterizedTest
    @CsvSource({
        "messageService.config.spring.datasource.password, ${LEDGER_PASSWORD}",
        "defaults.podSecurityContext.runAsUser, 1001",
        "messageService.podDisruptionBudget.maxUnavailable, 25%",
        "image.tag, 1.2.3-latest",
        "defaults.terminationGracePeriodSeconds, 35"
    })
    void whatIsSafePasses(String name, String value) {
        assertThatCode(() -> Chart.renderedWith(name, value)).doesNotThrowAnyException();
    }

    private static void refuses(String name, String value, String... messages) {
        var refused = assertThatThrownBy(() -> Chart.renderedWith(name, value));
        for (var message : messages) {
            refused.hasMessageContaining(message);
        }
    }
}
