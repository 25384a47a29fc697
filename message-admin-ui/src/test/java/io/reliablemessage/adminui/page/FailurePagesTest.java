package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.UsualAnswers;
import io.reliablemessage.adminui.fixture.Visitors;
import io.reliablemessage.api.ProblemType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page, whatever the service answers instead of what was asked. */
@ExtendWith(SharedConsole.class)
class FailurePagesTest {

    private final StubService service;
    private final Visitors visitors;

    FailurePagesTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    static Stream<String> pages() {
        return UsualAnswers.PAGES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void opensWhenAllIsWell(String path) throws Exception {
        var page = visitors.viewer().open(path);

        assertThat(page.status()).isEqualTo(path.startsWith("/search") ? 302 : 200);
        assertThat(service.calls())
                .extracting(call -> call.method() + " " + call.path().replaceFirst("\\?.*", ""))
                .containsExactlyElementsOf(UsualAnswers.PAGES.get(path));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isARefusalWithTheServicesReasonWhenItRefuses(String path) throws Exception {
        var detail = "Because of " + Fixtures.HOSTILE;
        service.alwaysAnswers(422, Fixtures.problem(ProblemType.INVALID_REQUEST, detail));

        var page = visitors.viewer().open(path);

        assertThat(page.status()).isEqualTo(422);
        assertThat(page.text("h1")).isEqualTo("The service does not accept this input.");
        assertThat(page.text("main .quoted")).isEqualTo(detail);
        assertThat(page.header("Content-Type")).startsWith("text/html");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysThatTheServiceIsAwayWhenTheConnectionIsCut(String path) throws Exception {
        service.alwaysAnswers(0, "");

        var page = visitors.viewer().open(path);

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.text("main h1")).isEqualTo("No response");
        assertThat(page.body()).doesNotContain(service.url().getAuthority(), "Exception");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysThatTheServiceIsAwayWhenSomethingElseAnswers(String path) throws Exception {
        service.alwaysAnswers(200, "null");

        var page = visitors.viewer().open(path);

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.text("main .banner")).isEqualTo("The message service does not answer");
    }

    /** What answers is no service of ours, or one of another version. */
    @ParameterizedTest
    @MethodSource("pages")
    void saysThatTheServiceIsAwayWhenAnAnswerHasNoMembers(String path) throws Exception {
        for (var answer : List.of("{}", "{\"items\": null}", "{\"items\": [null]}", "{\"items\": [{}]}")) {
            service.alwaysAnswers(200, answer);

            var page = visitors.lead().open(path);

            assertThat(page.status()).as(answer).isEqualTo(503);
        }
    }

    @Test
    void aPayloadThatIsNoBase64IsOfNoUse() throws Exception {
        service.answers(
                "GET /admin/messages/%s/content".formatted(Fixtures.MESSAGE_ID),
                200,
                "{\"contentType\":\"a/b\",\"payload\":\"%%%\",\"headers\":{},\"encoding\":\"x\"}");
        for (var path : List.of("?payload=show", "/payload")) {
            assertThat(visitors.lead()
                            .open("/messages/" + Fixtures.MESSAGE_ID + path)
                            .status())
                    .isEqualTo(503);
        }
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("the page of a proxy", 200, "<html>welcome</html>"),
                Arguments.of("nothing", 200, ""),
                Arguments.of("half a JSON", 200, "{\"items\": ["),
                Arguments.of("another JSON", 200, "{\"items\": 5}"),
                Arguments.of("a broken proxy", 502, "<html>bad gateway</html>"),
                Arguments.of("an error without a body", 500, ""),
                Arguments.of("somebody else's problem", 400, "{\"type\": \"about:blank\", \"status\": 400}"),
                Arguments.of("an array", 400, "[]"),
                Arguments.of("a redirect", 302, ""),
                Arguments.of("no such key", 401, Fixtures.problem(ProblemType.UNAUTHENTICATED, "no such key")),
                Arguments.of("no database", 503, Fixtures.problem(ProblemType.UNAVAILABLE, "no database")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void saysThatTheServiceIsAwayWhenItsAnswerIsOfNoUse(String what, int status, String answer) throws Exception {
        service.answers("GET /admin/audit", status, answer);

        var page = visitors.viewer().open("/audit");

        assertThat(page.status()).as(what).isEqualTo(503);
        assertThat(page.text("main h1")).isEqualTo("No response");
    }

    @ParameterizedTest
    @EnumSource(
            value = ProblemType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNAUTHENTICATED", "UNAVAILABLE"})
    void passesTheStatusOfEveryRefusalOn(ProblemType type) throws Exception {
        service.refuses("GET /admin/audit", type, "for a reason");

        var page = visitors.viewer().open("/audit");

        assertThat(page.status()).isEqualTo(type.status());
        assertThat(page.text("main .status-code")).isEqualTo(Integer.toString(type.status()));
        assertThat(page.text("main .quoted")).isEqualTo("for a reason");
    }

    @ParameterizedTest
    @CsvSource({
        "FORBIDDEN, Your role does not allow that., 当前角色无权执行此操作。",
        "MESSAGE_NOT_FOUND, There is no such message., 没有这条消息。",
        "NOT_FOUND, There is no such object., 没有找到该对象。",
        "INVALID_REQUEST, The service does not accept this input., 服务不接受这样的输入。",
        "TOO_MANY_CALLS, The console calls too often; wait a moment., 控制台调用过于频繁，请稍候。",
        "MALFORMED_REQUEST, The service refused the request., 服务拒绝了该操作。",
        "TOPIC_NOT_FOUND, The service refused the request., 服务拒绝了该操作。"
    })
    void explainsARefusalInTheReadersLanguage(ProblemType type, String english, String chinese) throws Exception {
        service.refuses("GET /admin/topics", type, "for a reason");

        assertThat(visitors.viewer().open("/topics").text("h1")).isEqualTo(english);
        assertThat(visitors.viewer().speaking("zh-CN").open("/topics").text("h1"))
                .isEqualTo(chinese);
    }

    @Test
    void offersToTryTheSamePageAgain() throws Exception {
        service.cutsOff("GET /admin/messages");

        var page = visitors.fresh("viewer").open("/messages?state=DEAD&key=A%261&lang=en");

        assertThat(page.links("main a")).containsExactly("/messages?state=DEAD&key=A%261");
    }

    @Test
    void isInChineseForWhoReadsChinese() throws Exception {
        service.cutsOff("GET /admin/messages");

        var page = visitors.viewer().speaking("zh").open("/messages");

        assertThat(page.text("main h1")).isEqualTo("没有响应");
        assertThat(page.first("html").attr("lang")).isEqualTo("zh-CN");
    }

    @Test
    void keepsTheNavigationAndTheAccount() throws Exception {
        service.refuses("GET /admin/causes", ProblemType.FORBIDDEN, "not you");

        var page = visitors.viewer().open("/causes");

        assertThat(page.links("nav.sections a")).hasSize(8);
        assertThat(page.text(".menu .who")).isEqualTo("viewer");
        assertThat(page.text(".environment")).isEqualTo("staging");
    }

    /** The payload is asked for after the message and its timeline. */
    @Test
    void showsNothingOfAMessageWhosePayloadIsRefused() throws Exception {
        service.refuses(
                "GET /admin/messages/" + Fixtures.MESSAGE_ID + "/content", ProblemType.MESSAGE_NOT_FOUND, "dropped");

        var page = visitors.lead().open("/messages/" + Fixtures.MESSAGE_ID + "?payload=show");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.text("main .quoted")).isEqualTo("dropped");
        assertThat(page.has("table.timeline")).isFalse();
    }
}
