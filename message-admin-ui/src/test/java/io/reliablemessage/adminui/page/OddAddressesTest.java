package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.UsualAnswers;
import io.reliablemessage.adminui.fixture.Visitors;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that nobody would type: each is answered, and none with a failure of the console. */
@ExtendWith(SharedConsole.class)
class OddAddressesTest {

    private final StubService service;
    private final Visitors visitors;

    OddAddressesTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    static Stream<String> pages() {
        return UsualAnswers.PAGES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void unknownParametersAreNoFailure(String path) throws Exception {
        for (var unknown : List.of("_=", "a%5Bb%5D=c", "class.module=1", "Topic=a", "%F0%9F%9A%80", "=x")) {
            var address = path + (path.contains("?") ? "&" : "?") + unknown;

            assertThat(visitors.lead().open(address).status()).as(address).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theSameParameterTwiceIsNoFailure(String path) throws Exception {
        var address = path + (path.contains("?") ? "&" : "?")
                + "cursor=a&cursor=b&state=DEAD&state=SENDING&window=PT1H&window=P7D";

        assertThat(visitors.lead().open(address).status()).isLessThan(500);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aParameterOfSomeThousandSignsIsNoFailure(String path) throws Exception {
        var address = path + (path.contains("?") ? "&" : "?") + "cursor=" + "x".repeat(5_000);

        assertThat(visitors.lead().open(address).status()).isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P9999999999D",
                "-P9999999999D",
                "PT999999999999H",
                "P0D",
                "-P1D",
                "P1Y",
                "",
                "all",
                "ALL",
                "PT",
                "null",
                "%00",
                "1e9",
                "%F0%9F%9A%80"
            })
    void aWindowOfAnyKindIsNoFailure(String window) throws Exception {
        for (var path : List.of("/messages", "/messages.csv", "/messages/count", "/operations/new", "/causes", "/")) {
            var isKnown = window.isEmpty()
                    || window.equals("all") && !path.equals("/")
                    || path.equals("/causes") && !window.equals("%00");
            assertThat(visitors.lead().open(path + "?window=" + window).status())
                    .as(path)
                    .isEqualTo(isKnown ? 200 : 400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2B1000000000-12-31T23:59:59Z",
                "-1000000000-01-01T00:00:00Z",
                "%2B999999999-12-31T23:59:59",
                "-999999999-01-01T00:00",
                "0000-01-01T00:00",
                "9999-12-31T23:59:59.999999999Z",
                "2026-11-21",
                "yesterday",
                "Z",
                "%20",
                "2026-11-21T10:00:00%2B01:00"
            })
    void aTimeOfAnyKindIsNoFailure(String time) throws Exception {
        for (var zone : List.of("Pacific/Kiritimati", "-18:00")) {
            for (var path : List.of(
                    "/messages?from=",
                    "/messages?to=",
                    "/audit?from=",
                    "/audit?to=",
                    "/operations/new?from=",
                    "/messages/newer?since=")) {
                var page = visitors.lead().open(path + time, "Cookie", "rm-zone=" + zone);

                assertThat(page.status()).as(path).isLessThan(500);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/operations/new?action=FOO",
                "/operations/new?expected=many",
                "/operations/new?canary=1e3",
                "/operations/new?ratePerSecond=99999999999",
                "/messages/newer"
            })
    void whatCannotBeReadIsABadRequest(String path) throws Exception {
        var page = visitors.lead().open(path);

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text("main h1")).isEqualTo("The request failed");
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/messages/not-an-id",
                "/messages/01A20060-10FC-76B5-8149-1366A471EB19",
                "/messages/%27%20OR%201=1",
                "/operations/1",
                "/operations/01a20060-10fc-76b5-8149-1366a471eb1z",
                "/messages/01a20060-10fc-76b5-8149-1366a471eb19/nothing",
                "/subscriptions/points",
                "/applications/shop",
                "/keys",
                "/causes/x",
                "/index.html",
                "/favicon.ico",
                "/messages.json",
                "/templates/login.html",
                "/audit/"
            })
    void whatIsNowhereIsNotFoundAndAsksNobody(String path) throws Exception {
        var page = visitors.viewer().open(path);

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.text("main p:not(.status-code)")).isEqualTo("This address does not exist.");
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/messages;a=b",
                "//messages",
                "/messages/%2e%2e/audit",
                "/messages%2Fx",
                "/%00",
                "/messages%0d%0aX: y",
                "/a%5Cb"
            })
    void whatHidesItsPathIsRefused(String path) throws Exception {
        var page = visitors.viewer().open(path.replace(" ", "%20"));

        assertThat(page.status()).isEqualTo(400);
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/messages?topic=",
                "/messages?state=",
                "/messages?from=",
                "/messages?window=",
                "/messages?ids=",
                "/causes?topic=",
                "/causes?window=",
                "/causes?state=",
                "/operations?state=",
                "/subscriptions?name=",
                "/subscriptions?application=",
                "/audit?actor=",
                "/audit?action=",
                "/undecided?producer=",
                "/?window=",
                "/messages/newer?since=",
                "/login?continue=",
                "/operations/new?topic=",
                "/nowhere?x=",
                "/search?q="
            })
    void whatAnAddressSaysIsText(String path) throws Exception {
        var page = visitors.admin().open(path + URLEncoder.encode(Fixtures.HOSTILE, StandardCharsets.UTF_8));

        assertThat(page.status()).isLessThan(500);
        assertThat(page.html().select("script:not([src])")).isEmpty();
        assertThat(page.body()).doesNotContain("<script>alert", "<b>");
    }

    /** As a template variable they would be looked for, and not found. */
    @ParameterizedTest
    @CsvSource({
        "/applications/%7Bx%7D/checkbacks, POST /admin/applications/{x}/checkbacks, /applications#a-%7Bx%7D",
        "/causes/%7Bx%7D/note, PUT /admin/causes/{x}/note, /causes#c-%7Bx%7D",
        "/subscriptions/%7Bx%7D/pause, POST /admin/subscriptions/{x}/pause, /subscriptions?name=%7Bx%7D",
        "/applications/%E5%95%86%E5%BA%97/checkbacks, POST /admin/applications/商店/checkbacks,"
                + " /applications#a-%E5%95%86%E5%BA%97"
    })
    void namesOfAnyKindReachTheServiceAndLeadBack(String path, String call, String back) throws Exception {
        var answer = visitors.lead().send(path, path.endsWith("/note") ? "text" : "reason", "it is known");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).isEqualTo(back);
        assertThat(service.calls(call)).hasSize(1);
    }

    @Test
    void theErrorPageItselfShowsNothingOfTheInside() throws Exception {
        var page = visitors.nobody().open("/error?trace=true&message=true");

        assertThat(page.body()).doesNotContain("Exception", "springframework", "reliablemessage");
    }
}
