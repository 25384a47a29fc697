package io.reliablemessage.deployment;

import static io.reliablemessage.deployment.Application.MESSAGE_ADMIN_UI;
import static io.reliablemessage.deployment.Application.MESSAGE_SERVICE;
import static io.reliablemessage.deployment.Application.RECOVERY_JOB;
import static io.reliablemessage.deployment.Application.STATUS_CHECKER;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.logging.logback.ColorConverter;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

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

    /** Whatever a caller wrote: only its first line looks like an event. */
    @ParameterizedTest
    @EnumSource
    void noForeignTextForgesALineOfItsLog(Application application) {
        var event = new LoggingEvent();
        event.setLevel(Level.WARN);
        event.setLoggerName("a.b.C");
        event.setThreadName("main");
        event.setInstant(Instant.EPOCH);
        event.setMessage("call\n2026-01-01 FORGED\u001b[2J\u0085FORGED\u2028\u202e");
        event.addKeyValuePair(new KeyValuePair("path", "/\r\n2026-01-01 FORGED"));
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException(
                "of\n2026-01-01 FORGED\u001b", new IllegalArgumentException("by\r\n2026-01-01 FORGED\u0085"))));

        var lines = logged(application, event).lines().toList();

        assertThat(lines).filteredOn(line -> line.contains("FORGED")).hasSize(4);
        assertThat(lines.getFirst()).startsWith("1970-01-01T").endsWith(": call");
        assertThat(lines.stream().skip(1))
                .allMatch(line -> line.isEmpty() || line.matches("(    |java\\.lang|Caused by|\t).*"));
        assertThat(lines).noneMatch(line -> line.matches(".*[\\p{Cc}\\u2028\\u202e&&[^\t]].*"));
    }

    private static String logged(Application application, LoggingEvent event) {
        var context = new LoggerContext();
        event.setLoggerContext(context);
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("clr", ColorConverter::new);
        layout.getInstanceConverterMap().put("wEx", ExtendedWhitespaceThrowableProxyConverter::new);
        layout.setPattern(application.settings().getProperty("logging.pattern.console"));
        layout.start();
        return layout.doLayout(event);
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
