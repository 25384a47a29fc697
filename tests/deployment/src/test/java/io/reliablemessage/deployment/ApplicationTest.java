package io.reliablemessage.deployment;

import static io.reliablemessage.deployment.Application.MESSAGE_ADMIN_UI;
import static io.reliablemessage.deployment.Application.MESSAGE_SERVICE;
import static io.reliablemessage.deployment.Application.RECOVERY_JOB;
import static io.reliablemessage.deployment.Application.STATUS_CHECKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTest {

    @Test
    void knowsWhereEachListens() {
        assertThat(Stream.of(Application.values()).map(Application::port)).containsExactly(8080, 8081, 8082, 8090);
    }

    @ParameterizedTest
    @EnumSource
    void hasSettingsOfItsOwnEachWithADescription(Application application) {
        assertThat(application.ownSettings())
                .isNotEmpty()
                .allSatisfy(setting ->
                        assertThat(setting.description()).as(setting.name()).isNotBlank());
    }

    @Test
    void readsWhatItsYamlNamesFromTheEnvironment() {
        assertThat(RECOVERY_JOB.placeholders())
                .containsEntry("RECOVERY_JOB_PORT", "8082")
                .containsEntry("WORKER_KEY", "");
        assertThat(MESSAGE_SERVICE.understands("MESSAGE_SERVICE_DB_URL")).isTrue();
        assertThat(STATUS_CHECKER.understands("MESSAGE_SERVICE_DB_URL")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MESSAGE_SERVICE_REGISTRY_SECRET_KEYS_0_ID",
                "MESSAGESERVICE_REGISTRY_SECRETKEYS_0_ID",
                "MESSAGE_SERVICE_DATABASE_CALL_TIMEOUT",
                "SPRING_RABBITMQ_HOST",
                "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE",
                "LOGGING_LEVEL_ROOT",
                "JAVA_TOOL_OPTIONS"
            })
    void understandsTheEnvironmentsFormOfASetting(String name) {
        assertThat(MESSAGE_SERVICE.understands(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MESSAGE_SERVICE_REGISTRY_SECRETS_0_ID",
                "MESSAGE_SERVICE_DATABASE_CALL_TIMEOUTS",
                "MESSAGE_ADMIN_UI_API_KEY",
                "SPRING_RABBIT_HOST",
                "WORKER_KEY"
            })
    void doesNotUnderstandWhatNothingReads(String name) {
        assertThat(MESSAGE_SERVICE.understands(name)).isFalse();
    }

    @Test
    void takesNobodyElsesSettings() {
        assertThat(MESSAGE_ADMIN_UI.understands("MESSAGE_ADMIN_UI_LOGIN_USERS_0_NAME"))
                .isTrue();
        assertThat(RECOVERY_JOB.understands("MESSAGE_ADMIN_UI_LOGIN_USERS_0_NAME"))
                .isFalse();
    }
}
