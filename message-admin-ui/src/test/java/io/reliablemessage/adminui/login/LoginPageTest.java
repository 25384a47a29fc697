package io.reliablemessage.adminui.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.RunningConsole;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way in and out, as somebody with a browser sees it. */
@ExtendWith(SharedConsole.class)
class LoginPageTest {

    private final StubService service;
    private final Visitors visitors;

    LoginPageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @ParameterizedTest
    @CsvSource({
        "?wrong, Name or password is wrong., 用户名或密码不正确。",
        "?wait, Too many wrong passwords. Try again in five minutes., 密码错误次数过多，请五分钟后再试。",
        "?error, The identity provider refused the login., 身份提供方拒绝了登录。",
        "?out, You are logged out., 已退出登录。"
    })
    void saysWhyOneIsThere(String why, String english, String chinese) throws Exception {
        assertThat(visitors.nobody().open("/login" + why).texts(".notice")).containsExactly(english);
        assertThat(visitors.nobody().speaking("zh-CN").open("/login" + why).texts(".notice"))
                .containsExactly(chinese);
    }

    @Test
    void showsNothingOfTheInsideToStrangers() throws Exception {
        var page = visitors.nobody().open("/login");

        assertThat(page.has("nav.sections, form.search, #live, .menu")).isFalse();
        assertThat(page.has(".notice")).isFalse();
        assertThat(page.first("#password").attr("autocomplete")).isEqualTo("current-password");
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void whoeverIsInNeedsNoLogin() throws Exception {
        assertThat(visitors.viewer().open("/login").location()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lead", "nobody", "", "LEAD", "lead ", "王芳", "' OR 1=1 --"})
    void aWrongPasswordSaysTheSameForEveryName(String name) throws Exception {
        var answer = visitors.nobody().browser().logIn(name, "wrong-" + name);

        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login?wrong"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"})
    void nobodyIsLedToAnotherSite(String where) throws Exception {
        var browser = visitors.nobody().browser();

        var answer = browser.submit(
                "/login?continue=x",
                "/login",
                Map.of(
                        "username",
                        "lead",
                        "password",
                        RunningConsole.PASSWORD,
                        "redirect",
                        where,
                        "continue",
                        where,
                        "spring-security-redirect",
                        where));

        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(to ->
                        assertThat(to).doesNotContain("evil", "javascript").endsWith("/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/messages?state=DEAD&key=A%261",
                "/operations/01a20060-2000-7aaa-8bbb-1366a471eb21?outcome=FAILED",
                "/audit"
            })
    void theLoginLeadsToThePageThatWasWanted(String path) throws Exception {
        var nobody = visitors.nobody();
        nobody.open(path);

        var to = nobody.browser()
                .logIn("viewer", RunningConsole.PASSWORD)
                .headers()
                .firstValue("Location")
                .orElse("");

        assertThat(to).contains(path);
    }

    @Test
    void aFormThatWasSentWithoutALoginIsNotSentAfterIt() throws Exception {
        var nobody = visitors.nobody();
        var token = nobody.open("/login").first("input[name=_csrf]").attr("value");
        nobody.browser().post("/keys/rmk_ab/expire", Map.of("reason", "x", "_csrf", token));

        var to = nobody.browser()
                .logIn("admin", RunningConsole.PASSWORD)
                .headers()
                .firstValue("Location")
                .orElse("");

        assertThat(to).endsWith("/").doesNotContain("expire");
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/badges",
                "/messages/count",
                "/messages/newer?since=2026-11-21T10:00:00Z",
                "/messages",
                "/operations"
            })
    void aPartOfAPageIsNeverTheLogin(String path) throws Exception {
        var part = visitors.nobody().open(path, "HX-Request", "true");

        assertThat(part.status()).isEqualTo(401);
        assertThat(part.header("HX-Refresh")).isEqualTo("true");
        assertThat(part.body()).isEmpty();
    }

    @Test
    void theLogoutForgetsTheSessionEverywhere() throws Exception {
        var lead = visitors.fresh("lead");

        var answer = lead.submit(lead.open("/audit"), "form[action=/logout]");

        assertThat(answer.location()).isEqualTo("/login?out");
        for (var path : List.of("/audit", "/messages", "/")) {
            assertThat(lead.open(path).status()).isEqualTo(302);
        }
    }

    @Test
    void aLinkLogsNobodyOut() throws Exception {
        var lead = visitors.fresh("lead");

        assertThat(lead.open("/logout").status()).isEqualTo(404);

        assertThat(lead.open("/audit").status()).isEqualTo(200);
    }

    @Test
    void twoBrowsersOfOneUserAreTwoSessions() throws Exception {
        var one = visitors.fresh("lead");
        var other = visitors.fresh("lead");

        one.submit(one.open("/audit"), "form[action=/logout]");

        assertThat(other.open("/audit").status()).isEqualTo(200);
    }

    /** Nobody fills the memory with names, and nobody guesses under cover of a long one. */
    @Test
    void namesThatAreTooLongToBeOnesCountAsOne() throws Exception {
        for (int i = 0; i < 8; i++) {
            visitors.nobody().browser().logIn("x".repeat(300 + i), "guess");
        }

        var last = visitors.nobody().browser().logIn("y".repeat(1_000), "guess");

        assertThat(last.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login?wait"));
    }
}
