package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.RunningConsole;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.UsualAnswers;
import io.reliablemessage.adminui.fixture.Visitors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers and caches in between are told about every answer. */
@ExtendWith(SharedConsole.class)
class AnswerHeadersTest {

    private final StubService service;
    private final Visitors visitors;

    AnswerHeadersTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    static Stream<String> pages() {
        return Stream.concat(
                Stream.of("/nowhere", "/login"),
                UsualAnswers.PAGES.keySet().stream().sorted());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void nothingThatNeedsALoginIsKeptByACache(String path) throws Exception {
        var page = visitors.lead().open(path);

        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("Vary")).containsIgnoringCase("Accept-Language").containsIgnoringCase("Cookie");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyAnswerIsOnlyForItself(String path) throws Exception {
        var page = visitors.lead().open(path);

        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "form-action 'self'", "base-uri 'none'");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(page.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @Test
    void soIsAFailure() throws Exception {
        service.alwaysAnswers(503, "");

        var page = visitors.lead().open("/messages");

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    }

    @ParameterizedTest
    @CsvSource({
        "/css/console.css, no-cache",
        "/js/console.js, no-cache",
        "/lib/htmx.org/htmx.min.js, max-age=86400",
        "/lib/chart.js/chart.umd.min.js, max-age=86400"
    })
    void filesAreKeptAsLongAsTheyMay(String path, String kept) throws Exception {
        var nobody = visitors.nobody();
        var file = nobody.open(path);

        assertThat(file.header("Cache-Control")).isEqualTo(kept);
        assertThat(nobody.open(path, "If-Modified-Since", file.header("Last-Modified"))
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lib/htmx.org/../chart.js/package.json",
                "/lib/jquery/jquery.js",
                "/lib/htmx.org/nothing.js",
                "/lib/",
                "/css/nothing.css"
            })
    void noOtherFileIsGivenOut(String path) throws Exception {
        assertThat(visitors.nobody().open(path.replace("..", "%2e%2e")).status())
                .isIn(400, 404);
    }

    @Test
    void theSessionsCookieIsOutOfReachOfScripts() throws Exception {
        var cookies = visitors.nobody()
                .browser()
                .logIn("lead", RunningConsole.PASSWORD)
                .headers()
                .allValues("Set-Cookie");

        assertThat(cookies)
                .filteredOn(cookie -> cookie.startsWith("rm-console="))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/configprops",
                "/actuator/loggers",
                "/actuator/beans"
            })
    void theInsideOfTheConsoleIsClosed(String path) throws Exception {
        assertThat(visitors.admin().open(path).status()).isEqualTo(404);
        assertThat(visitors.nobody().open(path).status()).isEqualTo(302);
    }

    @Test
    void metricsAreOpenAndHoldNoSecret() throws Exception {
        var metrics = visitors.nobody().open("/actuator/prometheus");

        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body()).contains("application=\"message-admin-ui\"").doesNotContain(StubService.KEY);
    }
}
