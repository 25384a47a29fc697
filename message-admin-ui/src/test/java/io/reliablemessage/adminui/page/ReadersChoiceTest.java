package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.UsualAnswers;
import io.reliablemessage.adminui.fixture.Visitors;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page in both languages, and what a reader chooses for all of them. */
@ExtendWith(SharedConsole.class)
class ReadersChoiceTest {

    private static final Pattern MISSING = Pattern.compile("\\?\\?[\\w.]+");
    private static final Pattern CHINESE = Pattern.compile("[\\u4e00-\\u9fff]");

    private final StubService service;
    private final Visitors visitors;

    ReadersChoiceTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    /** Those with a navigation. */
    static Stream<String> pages() {
        return UsualAnswers.PAGES.keySet().stream()
                .filter(path -> !path.matches(".*(csv|count|newer.*|badges|payload|search.*)"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsWhollyInEnglish(String path) throws Exception {
        var page = visitors.admin().open(path);

        assertThat(page.first("html").attr("lang")).isEqualTo("en");
        page.html().select("nav.switch").remove(); // names the other language
        assertThat(page.html().text()).doesNotContainPattern(MISSING).doesNotContainPattern(CHINESE);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsInChinese(String path) throws Exception {
        var page = visitors.admin().speaking("zh-CN").open(path);

        assertThat(page.first("html").attr("lang")).isEqualTo("zh-CN");
        assertThat(page.html().text()).doesNotContainPattern(MISSING);
        assertThat(page.texts("nav.sections a")).containsExactly("总览", "消息", "死信", "待裁决", "批量操作", "主题", "应用", "审计");
        assertThat(page.html().title()).containsPattern(CHINESE);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageMarksItsSectionAndHasOneHeading(String path) throws Exception {
        var page = visitors.viewer().open(path);

        assertThat(page.texts("nav.sections a[aria-current=page]")).hasSize(1);
        assertThat(page.texts("h1")).hasSize(1);
        assertThat(page.html().select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void anotherLanguageOrColourIsTheSamePage(String path) throws Exception {
        var address = path + (path.contains("?") ? "&" : "?") + "cursor=abc&key=A%2B1";

        var page = visitors.viewer().open(address);

        assertThat(page.links("nav.switch a"))
                .hasSize(5)
                .allSatisfy(link -> assertThat(link).startsWith(path).contains("cursor=abc", "key=A%2B1"));
    }

    @ParameterizedTest
    @CsvSource({"dark, dark", "light, light", "system, system", "purple, system", "<script>, system"})
    void aThemeIsOneOfThree(String asked, String shown) throws Exception {
        var page = visitors.nobody().open("/login?theme=" + URLEncoder.encode(asked, StandardCharsets.UTF_8));

        assertThat(page.first("html").attr("data-theme")).isEqualTo(shown);
    }

    @Test
    void aChoiceIsKeptInACookieThatNoScriptReads() throws Exception {
        var answer = visitors.nobody().open("/login?lang=zh&theme=light");

        assertThat(answer.response().headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("rm-lang=") || cookie.startsWith("rm-theme="))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/login?lang=tlh", "/login?theme=purple", "/login?lang=", "/login?theme=%22%3E%3Cscript%3E"})
    void whatIsNoChoiceIsNotKept(String path) throws Exception {
        assertThat(visitors.nobody().open(path).response().headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith("rm-lang=") || cookie.startsWith("rm-theme="));
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Shanghai, 2026-11-21 18:00:00, Asia/Shanghai",
        "America/New_York, 2026-11-21 05:00:00, America/New_York",
        "UTC, 2026-11-21 10:00:00, UTC",
        "Atlantis/Main, 2026-11-21 10:00:00, UTC",
        "+99, 2026-11-21 10:00:00, UTC",
        "<script>, 2026-11-21 10:00:00, UTC"
    })
    void timesAreThoseOfTheReadersClock(String zone, String shown, String named) throws Exception {
        var page = visitors.viewer().open("/audit", "Cookie", "rm-zone=" + zone);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text("td.when")).isEqualTo(shown);
        assertThat(page.first("td.when time").attr("title")).endsWith(named);
    }

    @Test
    void whatIsTypedIsReadByTheReadersClock() throws Exception {
        visitors.viewer().open("/audit?from=2026-11-21T18:00", "Cookie", "rm-zone=Asia/Shanghai");

        assertThat(service.call("GET /admin/audit").query()).isEqualTo("from=2026-11-21T10:00:00Z");
    }

    @Test
    void theEnvironmentIsOnEveryPage() throws Exception {
        for (var path : List.of("/", "/messages", "/nowhere")) {
            assertThat(visitors.viewer().open(path).text(".environment.is-grey"))
                    .isEqualTo("staging");
        }
        assertThat(visitors.nobody().open("/login").text(".environment")).isEqualTo("staging");
    }

    @ParameterizedTest
    @CsvSource({"viewer, viewer, 只读", "operator, operator, 值班员", "lead, lead, 负责人", "admin, admin, 管理员"})
    void theReaderSeesTheirNameAndRole(String user, String english, String chinese) throws Exception {
        var visitor = visitors.as(user);

        assertThat(visitor.open("/audit").texts(".menu .who, .menu .role")).containsExactly(user, english);
        assertThat(visitor.speaking("zh").open("/audit").text(".menu .role")).isEqualTo(chinese);
    }
}
