package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that no browser sends: no failure of ours, no stack, and no line in the log that a stranger wrote. */
@ExtendWith({OutputCaptureExtension.class, SharedConsole.class})
class OddRequestsTest {

    /** A line that a stranger wrote, of a stack, or with raw controls. */
    private static final Pattern FORGED =
            Pattern.compile("\\s*(FORGED|at [\\w.$/]+\\().*|.*[\\u0000-\\u0008\\u000b-\\u001a\\u0085\\u2028\\u202e].*");

    private static final List<String> TYPES = List.of(
            "application/json;charset=ISO-8859-1",
            "application/json;charset=UTF-16",
            "application/json;charset=nonsense",
            "text/html;charset=x-none",
            "*/*;q=x",
            "a/b;c",
            ",",
            ";",
            "nonsense",
            "application/vnd.spring-boot.actuator.v3+json;charset=GBK",
            "application/json;charset=",
            "text/plain;charset=%",
            "multipart/form-data",
            "*/*",
            "",
            "application/openmetrics-text;version=0.0.1;charset=ISO-8859-1");

    private final StubService service;
    private final Visitors visitors;

    OddRequestsTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @Test
    void aStrangersQueryForgesNothing(CapturedOutput log) throws Exception {
        for (var path :
                List.of("/actuator/health", "/actuator/prometheus", "/login", "/error", "/", "/css/console.css")) {
            for (var query : List.of(
                    "?%0aFORGED%20line",
                    "?a=%0d%0aFORGED&%0d%0aFORGED=1",
                    "?lang=%0aFORGED&theme=%C2%85&%E2%80%A8FORGED",
                    "?%00",
                    "?a[=%5B&==&%FF",
                    "/%0aFORGED",
                    "/" + "a".repeat(5_000))) {
                isNoFailure(path + query);
            }
        }

        isUnforged(log);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?lang=%ff", "?x=%ff", "?%ff", "?a=1&b=%C3%28", "?a=%zz", "?a=%", "?lang=%ff%20key=%22FORGED%22"
            })
    void whatCannotBeDecodedIsAMistakeOfTheCaller(String query, CapturedOutput log) throws Exception {
        for (var path : List.of("/login", "/messages", "/", "/nowhere", "/error", "/actuator/health", "/logout")) {
            isNoFailure(path + query);
            isNoFailure("/login" + query, "Content-Type: application/x-www-form-urlencoded", "Content-Length: 0");
            assertThat(visitors.viewer().open(path).status()).isLessThan(500);
        }
        assertThat(status("GET /login" + query + " HTTP/1.1")).isEqualTo(400);

        isUnforged(log);
        assertThat(log.getOut()).doesNotContain("ERROR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/health",
                "/actuator/prometheus",
                "/actuator/sbom",
                "/login",
                "/error",
                "/nowhere",
                "/icon.svg"
            })
    void anOddHeaderIsNoFailure(String path, CapturedOutput log) throws Exception {
        var headers = new ArrayList<String>();
        TYPES.forEach(type -> headers.add("Accept: " + type));
        TYPES.forEach(type -> headers.add("Content-Type: " + type));
        headers.addAll(List.of(
                "Accept-Language: *;q=x, zz-" + "z".repeat(500),
                "Range: bytes=9-1",
                "Range: lines=1",
                "If-Modified-Since: yesterday",
                "If-None-Match: \"",
                "Origin: http://[::1",
                "Cookie: rm-console=\u0085FORGED; rm-zone=%0a; rm-lang=\u0085; rm-theme=x",
                "X-Forwarded-For: \u0085FORGED",
                "Content-Encoding: gzip"));
        for (var header : headers) {
            isNoFailure(path, header);
        }

        isUnforged(log);
    }

    @Test
    void thereIsNoErrorToShow() throws Exception {
        assertThat(visitors.viewer().open("/error").status()).isEqualTo(404);
        assertThat(status("GET /error HTTP/1.1")).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "\u0000",
                "\n",
                "ÿ",
                "AAAA",
                "%%%",
                "====",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-"
            })
    void aForgedTokenIsForbidden(String token, CapturedOutput log) throws Exception {
        for (var path : List.of("/logout", "/operations", "/login")) {
            assertThat(visitors.lead()
                            .browser()
                            .post(path, Map.of("reason", "forged", "_csrf", token))
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
            var form = "_csrf=" + java.net.URLEncoder.encode(token, StandardCharsets.UTF_8);
            assertThat(status(
                            "POST " + path + " HTTP/1.1",
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: " + form.length(),
                            "",
                            form))
                    .as(path)
                    .isIn(403);
        }

        isUnforged(log);
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/login", "/logout", "/operations", "/css/console.css", "/actuator/health", "/nowhere"})
    void noPageOfAnotherOriginMayCall(String path) throws Exception {
        for (var method : List.of("GET", "POST")) {
            var preflight = answer(
                    "OPTIONS " + path + " HTTP/1.1",
                    "Origin: https://evil.example",
                    "Access-Control-Request-Method: " + method,
                    "Access-Control-Request-Headers: content-type");

            assertThat(preflight).doesNotContainIgnoringCase("\naccess-control-");
            assertThat(answer(method + " " + path + " HTTP/1.1", "Origin: https://evil.example"))
                    .doesNotContainIgnoringCase("\naccess-control-");
        }
    }

    private void isNoFailure(String path, String... headers) throws Exception {
        for (var method : List.of("GET", "OPTIONS", "POST")) {
            assertThat(status(method + " " + path + " HTTP/1.1", headers))
                    .as("%s %s %s", method, path, List.of(headers))
                    .isBetween(200, 499);
        }
    }

    private int status(String line, String... headers) throws Exception {
        return Integer.parseInt(answer(line, headers).split(" ", 3)[1]);
    }

    private String answer(String line, String... headers) throws Exception {
        var address = URI.create(visitors.nobody().browser().base());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            var request = line + "\r\nHost: localhost\r\nConnection: close\r\n" + String.join("\r\n", headers)
                    + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).as(line).doesNotContain("\tat ", "java.lang.", "springframework");
            return answer;
        } catch (IOException failed) {
            throw new AssertionError(line, failed);
        }
    }

    private static void isUnforged(CapturedOutput log) {
        assertThat(log.getOut().lines()).noneMatch(line -> FORGED.matcher(line).matches());
    }
}
