package io.reliablemessage.service.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that nobody should send: no failure of ours, no stack, and no line in the log that a caller wrote. */
@ExtendWith(OutputCaptureExtension.class)
class OddRequestsTest {

    /** A line that a caller wrote, of a stack, or with raw controls. */
    private static final Pattern FORGED =
            Pattern.compile("\\s*(FORGED|at [\\w.$/]+\\().*|.*[\\u0000-\\u0008\\u000b-\\u001a\\u0085\\u2028\\u202e].*");

    private static final List<String> ODD_TYPES = List.of(
            "application/json;charset=ISO-8859-1",
            "application/json;charset=UTF-16",
            "application/json;charset=nonsense",
            "application/json;charset=\"",
            "text/html;charset=x-none",
            "text/plain;version=9;q=0.5",
            "*/*;q=2",
            "*/*;q=x",
            "a/b;c",
            ";",
            ",",
            "nonsense",
            "*",
            "*/json",
            "application/json;charset=",
            "application/json;charset=\"\"",
            "text/plain;charset=%",
            "multipart/form-data;boundary=",
            "application/vnd.spring-boot.actuator.v3+json",
            "application/openmetrics-text;version=0.0.1;charset=ISO-8859-1");

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.shared();
    }

    static Stream<String> queries() {
        return Stream.of(
                        "/actuator/health",
                        "/actuator/health/liveness",
                        "/actuator/prometheus",
                        "/actuator/sbom",
                        "/actuator",
                        "/admin/messages",
                        "/admin/messages/count",
                        "/admin/audit",
                        "/admin/operations",
                        "/admin/rates",
                        "/problems",
                        "/problems/not-found",
                        "/v3/api-docs",
                        "/swagger-ui.html",
                        "/error",
                        "/messages/" + MessageFlow.newId(),
                        "/nowhere")
                .flatMap(path -> Stream.of(
                        path + "?%0aFORGED%20line",
                        path + "?key=%0d%0aFORGED%20line&%0d%0aFORGED=1",
                        path + "?lang=%ff%20key=%22FORGED%22",
                        path + "?%ff",
                        path + "?lang=%0aFORGED&key=%C2%85FORGED&%E2%80%A8FORGED",
                        path + "?%00",
                        path + "?a[=%5B%5D&&==&%F0%9F%92%A9",
                        path + "/%0aFORGED",
                        path + "/%E2%80%AEFORGED;a=b",
                        path + "/" + "a".repeat(5_000),
                        path + "//..%2f",
                        path + "/.%00"));
    }

    @Test
    void aQueryForgesNothing(CapturedOutput log) {
        queries().forEach(path -> {
            isNoFailure(path, send("GET", path));
            isNoFailure(path, RawConnection.exchange(service, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        });

        isUnforged(log);
    }

    static Stream<String> paths() {
        return Stream.of(
                "/actuator",
                "/actuator/health",
                "/actuator/prometheus",
                "/actuator/sbom",
                "/actuator/sbom/application",
                "/admin/overview",
                "/admin/messages",
                "/problems/not-found",
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/swagger-ui/index.html",
                "/error",
                "/messages",
                "/topics/a",
                "/nowhere");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void anOddHeaderIsNoFailure(String path, CapturedOutput log) {
        var headers = new ArrayList<String>();
        ODD_TYPES.forEach(type -> headers.add("Accept: " + type));
        ODD_TYPES.forEach(type -> headers.add("Content-Type: " + type));
        headers.addAll(List.of(
                "Accept: text/html\r\nAccept: application/json;charset=GBK",
                "Accept-Language: *;q=x, zz-" + "z".repeat(500),
                "Accept-Charset: utf-7",
                "Accept-Encoding: br;q=x",
                "Range: bytes=9-1",
                "Range: bytes=0-0,-1,5-",
                "Range: lines=1",
                "If-Modified-Since: yesterday",
                "If-None-Match: \"",
                "If-Match: W/",
                "Origin: null",
                "Origin: http://[::1",
                "Cookie: a=b;;=;\u0080",
                "X-HTTP-Method-Override: DELETE",
                "X-Forwarded-For: \u0085FORGED",
                "Forwarded: for=\u00adFORGED;host=,",
                "traceparent: 00-zz",
                "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: x",
                "Content-Encoding: gzip",
                "Last-Event-ID: \u0085FORGED"));
        for (var header : headers) {
            for (var method : List.of("GET", "OPTIONS", "POST", "PATCH")) {
                isNoFailure(method + " " + path + " " + header, send(method, path, header));
            }
        }

        isUnforged(log);
    }

    @Test
    void anOddBodyIsNoFailure(CapturedOutput log) {
        for (var path : List.of(
                "POST /messages",
                "POST /messages/prepare",
                "POST /messages/ack",
                "POST /messages/reject",
                "PUT /topics/a",
                "PUT /application",
                "POST /jobs/checkbacks/report",
                "POST /jobs/redelivery",
                "POST /admin/operations",
                "POST /admin/operations/preview",
                "PUT /admin/subscriptions/a/override",
                "POST /admin/applications/shop/keys")) {
            for (var body : List.of(
                    "",
                    "null",
                    "[]",
                    "[null]",
                    "[[]]",
                    "{}",
                    "\"\"",
                    "1e999999",
                    "{\"reason\":\"\\u0001\",\"\\nFORGED\":1}",
                    "{\"reason\":\"\\u202e\",\"id\":\"\\r\\nFORGED\"}",
                    "{\"lease\":\"\\nFORGED\",\"body\":\"%%%\",\"limit\":1e99}",
                    "{\"filter\":{\"from\":1,\"key\":\"\\u0085\"},\"action\":\"\\nFORGED\"}",
                    "[".repeat(2_000),
                    "{\"a\":".repeat(2_000),
                    "{\"id\":\"" + "9".repeat(100_000) + "\"}")) {
                var answer = RawConnection.exchange(
                        service,
                        path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Key.EVERYTHING.value()
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body);
                isNoFailure(path + " " + body, answer);
            }
        }

        isUnforged(log);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noPageOfAnotherOriginMayCall(String path) {
        for (var origin : List.of("https://evil.example", "null", service.address())) {
            for (var method : List.of("GET", "POST", "PUT")) {
                var preflight = send(
                        "OPTIONS",
                        path,
                        "Origin: " + origin,
                        "Access-Control-Request-Method: " + method,
                        "Access-Control-Request-Headers: authorization, content-type");

                allowsNoOrigin(preflight);
                allowsNoOrigin(send(method, path, "Origin: " + origin));
            }
        }
    }

    private static void allowsNoOrigin(Answer answer) {
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }

    private Answer send(String method, String path, String... headers) {
        return RawConnection.exchange(
                service,
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + Key.EVERYTHING.value() + "\r\n"
                        + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n");
    }

    private static void isNoFailure(String request, Answer answer) {
        assertThat(answer.status()).as(request).isLessThan(500);
        if (answer.status() >= 400) {
            assertThat(answer.body().toString())
                    .as(request)
                    .doesNotContain("\\tat ", "org.springframework.web")
                    .doesNotContainPattern("java\\.[a-z.]+\\.\\w+(Exception|Error)");
        }
        if (answer.status() >= 400 && !answer.body().isString()) {
            assertThat(answer.text("type")).as(request).startsWith("/problems/");
        }
    }

    private static void isUnforged(CapturedOutput log) {
        assertThat(log.getOut().lines()).noneMatch(line -> FORGED.matcher(line).matches());
    }
}
