package io.reliablemessage.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {

    private static final Pattern INLINE = Pattern.compile("<script|<style|\\sstyle=|\\son[a-z]+=|javascript:");

    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = RunningConsole.start();
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, en, en",
        "/, zh-CN, zh",
        "/, 'zh-TW,zh;q=0.9,en;q=0.8', zh",
        "/, fr, en",
        "/, 'fr,zh;q=0.5', zh",
        "/?lang=zh, en, zh",
        "/?lang=en, zh, en",
        "/?lang=tlh, zh, zh",
        "/?lang=%3Cscript%3E, en, en"
    })
    void speaksTheReadersLanguage(String path, String acceptLanguage, String expected) throws Exception {
        var page = console.get(path, acceptLanguage);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<html lang=\"" + expected + "\">")
                .contains("zh".equals(expected) ? "当前版本的控制台尚不展示消息" : "This version of the console shows no messages")
                .doesNotContain("??");
        assertThat(page.headers().allValues("Vary")).contains("Accept-Language");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nowhere", "/css/console.css", "/actuator/health"})
    void tellsBrowsersToTrustNothing(String path) throws Exception {
        var headers = console.get(path, "en").headers();

        assertThat(headers.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nowhere"})
    void hasNothingInlineThatThePolicyForbids(String path) throws Exception {
        assertThat(console.get(path, "en").body()).doesNotContainPattern(INLINE);
    }

    @Test
    void findsItsOwnFiles() throws Exception {
        var css = console.get("/css/console.css", "en");

        assertThat(css.statusCode()).isEqualTo(200);
        assertThat(contentType(css)).startsWith("text/css");
        assertThat(contentType(console.get("/icon.svg", "en"))).startsWith("image/svg+xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/css/",
                "/console/templates/start.html",
                "/start",
                "/message-admin-ui.yml",
                "/actuator/env"
            })
    void anUnknownPathIsAPlainNotFound(String path) throws Exception {
        var answer = console.get(path, "zh");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains("该地址不存在")
                .doesNotContain("Exception", "trace", "org.springframework", "Whitelabel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void isHealthy(String path) throws Exception {
        assertThat(console.get(path, "en").body()).contains("\"status\":\"UP\"");
    }

    private static String contentType(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }
}
