package io.reliablemessage.adminui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.adminui.ConsoleProperties.Color;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings with which the console starts, and those with which it says what to do instead. */
class ConsolePropertiesTest {

    private static final String URL = "http://message-service:8080";

    @ParameterizedTest
    @CsvSource(textBlock = """
            http://localhost:8080,           http://localhost:8080
            http://localhost:8080/,          http://localhost:8080
            http://localhost:8080///,        http://localhost:8080
            https://messages.example,        https://messages.example
            ' https://messages.example ',    https://messages.example
            http://10.0.0.7:8080,            http://10.0.0.7:8080
            http://[::1]:8080,               http://[::1]:8080
            https://example/message-service/, https://example/message-service
            """)
    void theServicesAddressHasNoSlashAtItsEnd(String given, String service) {
        assertThat(properties(given, "rmk_1", 10).service()).isEqualTo(service);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "message-service:8080",
                "localhost",
                "//message-service",
                "http://",
                "http:///path",
                "ftp://message-service",
                "jdbc:postgresql://db/messages",
                "file:///etc/passwd",
                "http://a b",
                "http://{host}"
            })
    void withoutAnAddressItDoesNotStart(@Nullable String url) {
        assertThatThrownBy(() -> properties(url, "rmk_1", 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("message-admin-ui.service-url is " + url + ". ")
                .hasMessageContaining("MESSAGE_SERVICE_URL")
                .hasMessageEndingWith("such as http://localhost:8080.");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t"})
    void withoutAKeyItDoesNotStart(@Nullable String key) {
        assertThatThrownBy(() -> properties(URL, key, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message-admin-ui.api-key is missing."
                        + " Set it (or CONSOLE_KEY) to an API key with the role console.");
    }

    @Test
    void aKeyFromAFileMayEndWithALine() {
        assertThat(properties(URL, " rmk_1\n", 10).key()).isEqualTo("rmk_1");
    }

    @ParameterizedTest
    @CsvSource({"1", "10", "30"})
    void aCallMayTakeSomeSeconds(int seconds) {
        assertThat(properties(URL, "rmk_1", seconds).requestTimeout()).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT0.999S", "PT-1S", "PT30.001S", "PT1M", "P1D"})
    void aCallMayNotTakeForEver(Duration timeout) {
        assertThatThrownBy(() -> new ConsoleProperties(URL, "rmk_1", timeout, null, Color.GREY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message-admin-ui.request-timeout is " + timeout + ". Choose 1s to 30s.");
    }

    @Test
    void theKeyIsNotPartOfWhatIsLogged() {
        var properties = new ConsoleProperties(URL, "rmk_secret", Duration.ofSeconds(10), "production", Color.RED);

        assertThat(properties)
                .hasToString("ConsoleProperties[serviceUrl=" + URL
                        + ", requestTimeout=PT10S, environment=production, environmentColor=RED]");
    }

    @Test
    void withoutAKeyTheAddressIsNotBlamed() {
        assertThatThrownBy(() -> properties(null, null, 10)).hasMessageContaining("service-url");
        assertThatThrownBy(() -> properties(URL, null, 10)).hasMessageContaining("api-key");
    }

    private static ConsoleProperties properties(@Nullable String url, @Nullable String key, int seconds) {
        return new ConsoleProperties(url, key, Duration.ofSeconds(seconds), null, Color.GREY);
    }
}
