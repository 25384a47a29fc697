package io.reliablemessage.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds on every page. */
class ConsoleTest {

    private static final Pattern INLINE = Pattern.compile("<script(?! src=)|<style|\\sstyle=|\\son[a-z]+=|javascript:");

    private static StubService service;
    private static RunningConsole console;

    @BeforeAll
    static void start() {
        service = new StubService();
        console = RunningConsole.start(service);
    }

    @AfterAll
    static void stop() {
        console.close();
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/login, en, en",
        "/login, zh-CN, zh-CN",
        "/login, 'zh-TW,zh;q=0.9,en;q=0.8', zh-CN",
        "/login, fr, en",
        "/login, 'fr,zh;q=0.5', zh-CN",
        "/login?lang=zh, en, zh-CN",
        "/login?lang=en, zh, en",
        "/login?lang=tlh, zh, zh-CN",
        "/login?lang=%3Cscript%3E, en, en"
    })
    void speaksTheReadersLanguage(String path, String acceptLanguage, String expected) throws Exception {
        var page = console.browser().get(path, "Accept-Language", acceptLanguage);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<html lang=\"" + expected + "\"")
                .contains("en".equals(expected) ? "Log in" : "登录")
                .doesNotContain("??");
        assertThat(String.join(",", page.headers().allValues("Vary")))
                .containsIgnoringCase("Accept-Language")
                .containsIgnoringCase("Cookie");
    }

    @Test
    void keepsTheLanguageAndTheColoursThatWereChosen() throws Exception {
        var browser = console.browser();

        browser.get("/login?lang=zh&theme=dark");

        assertThat(browser.get("/login").body()).contains("lang=\"zh-CN\"", "data-theme=\"dark\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/messages", "/nowhere", "/css/console.css", "/actuator/health"})
    void tellsBrowsersToTrustNothing(String path) throws Exception {
        var headers = console.as("lead").get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/messages", "/undecided", "/operations", "/nowhere"})
    void hasNothingInlineThatThePolicyForbids(String path) throws Exception {
        assertThat(console.as("lead").get(path).body()).doesNotContainPattern(INLINE);
    }

    /** Those of the page with the most of them, as they travel. */
    @Test
    void itsFilesAreFewAndSmall() throws Exception {
        int sum = 0;
        for (var file : List.of(
                "/css/console.css",
                "/js/console.js",
                "/js/charts.js",
                "/lib/htmx.org/htmx.min.js",
                "/lib/chart.js/chart.umd.min.js")) {
            sum += console.browser().compressedSize(file);
        }
        assertThat(sum).isBetween(10_000, 140_000); // which leaves the page itself its share of 150 KB
    }

    @ParameterizedTest
    @CsvSource({
        "/css/console.css, text/css",
        "/icon.svg, image/svg+xml",
        "/js/console.js, text/javascript",
        "/lib/htmx.org/htmx.min.js, text/javascript",
        "/lib/chart.js/chart.umd.min.js, text/javascript"
    })
    void findsItsOwnFiles(String path, String type) throws Exception {
        var file = console.browser().get(path);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(contentType(file)).startsWith(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nowhere", "/css/", "/console/templates/login.html", "/message-admin-ui.yml", "/actuator/env"})
    void anUnknownPathIsAPlainNotFound(String path) throws Exception {
        var answer = console.as("viewer").get(path, "Accept-Language", "zh");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains("该地址不存在")
                .doesNotContain("Exception", "trace", "org.springframework", "Whitelabel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void isHealthy(String path) throws Exception {
        assertThat(console.browser().get(path).body()).contains("\"status\":\"UP\"");
    }

    @Test
    void tellsStrangersNoMoreThanThatItIsHealthy() throws Exception {
        assertThat(console.browser().get("/actuator/health").body()).doesNotContain("components", "details");
        assertThat(console.as("viewer").get("/actuator/health").body()).contains("components");
    }

    private static String contentType(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }
}
