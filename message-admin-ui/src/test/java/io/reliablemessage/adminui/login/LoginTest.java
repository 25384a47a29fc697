package io.reliablemessage.adminui.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.adminui.RunningConsole;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.webserver.TimeLimitedProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class LoginTest {

    private static StubService service;
    private static RunningConsole console;

    @BeforeAll
    static void start() {
        service = new StubService();
        console = RunningConsole.start(
                service,
                "--message-admin-ui.login.users[4].name=王芳",
                "--message-admin-ui.login.users[4].role=operator",
                "--message-admin-ui.login.users[4].password="
                        + new BCryptPasswordEncoder(4).encode(RunningConsole.PASSWORD));
    }

    @AfterAll
    static void stop() {
        console.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/messages", "/undecided", "/search?q=x", "/messages.csv", "/badges", "/nowhere"})
    void nobodySeesAnythingBeforeTheLogin(String path) throws Exception {
        var answer = console.browser().get(path);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/login"));
    }

    @Test
    void leadsToThePageThatWasWanted() throws Exception {
        var browser = console.browser();
        browser.get("/messages?state=DEAD");

        var answer = browser.logIn("lead", RunningConsole.PASSWORD);

        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).contains("/messages?state=DEAD"));
    }

    @Test
    void aPageWhoseSessionHasEndedLoadsAnew() throws Exception {
        var answer = console.browser().get("/badges", "HX-Request", "true");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Refresh")).contains("true");
    }

    @Test
    void theSessionBeginsWithTheLogin() throws Exception {
        var browser = console.browser();
        var before = cookie(browser.get("/login").headers().allValues("Set-Cookie"));

        var after =
                cookie(browser.logIn("lead", RunningConsole.PASSWORD).headers().allValues("Set-Cookie"));

        assertThat(after).startsWith("rm-console=").contains("HttpOnly", "SameSite=Lax");
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void tellsTheServiceWhoActs() throws Exception {
        console.as("王芳").get("/messages?key=who-acts");

        var call = service.calls().stream()
                .filter(made -> made.path().contains("who-acts"))
                .findFirst()
                .orElseThrow();
        assertThat(call.headers())
                .containsEntry("RM-Actor", "%E7%8E%8B%E8%8A%B3")
                .containsEntry("RM-Roles", "OPERATOR")
                .containsEntry("Authorization", "Bearer " + StubService.KEY);
    }

    @Test
    void aFormWithoutItsTokenChangesNothing() throws Exception {
        var browser = console.as("lead");
        var path = "/messages/01a20060-10fc-76b5-8149-1366a471eb19/resend";

        assertThat(browser.post(path, Map.of("reason", "forged")).statusCode()).isEqualTo(403);

        assertThat(service.calls()).noneMatch(call -> call.body().contains("forged"));
    }

    /** Proxies and logs keep addresses. */
    @Test
    void aPasswordInTheAddressLogsNobodyIn() throws Exception {
        var browser = console.browser();
        browser.submit("/login", "/login?username=lead&password=" + RunningConsole.PASSWORD, Map.of());
        assertThat(browser.get("/messages").statusCode()).isEqualTo(302);

        browser.submit("/login", "/login?password=" + RunningConsole.PASSWORD, Map.of("username", "lead"));
        assertThat(browser.get("/messages").statusCode()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/logout", "/logout?now", "/login"})
    void theWayOutIsNoPageToReturnTo(String way) throws Exception {
        var browser = console.browser();
        browser.get(way);

        var answer = browser.logIn("lead", RunningConsole.PASSWORD);

        assertThat(answer.headers().firstValue("Location")).contains("/");
        assertThat(browser.get("/messages").statusCode()).isEqualTo(200);
    }

    @Test
    void theLogoutEndsTheSession() throws Exception {
        var browser = console.as("lead");

        browser.submit("/messages", "/logout", Map.of());

        assertThat(browser.get("/messages").statusCode()).isEqualTo(302);
    }

    @Test
    void whoGuessesPasswordsWaits() throws Exception {
        var browser = console.browser();
        for (int i = 0; i < 8; i++) {
            assertThat(browser.logIn("admin", "guess " + i).headers().firstValue("Location"))
                    .hasValueSatisfying(location -> assertThat(location).endsWith("/login?wrong"));
        }

        assertThat(browser.logIn("admin", RunningConsole.PASSWORD).headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/login?wait"));
        assertThat(console.as("viewer").get("/messages").statusCode()).isEqualTo(200);
    }

    /** The name is looked up without the blanks around it, and in lower case. */
    @Test
    void anotherSpellingIsTheSameUser() throws Exception {
        for (var name : List.of(
                "operator", "operator ", " operator", "OPERATOR", "Operator", "oPERATOR  ", "\toperator", "operatoR")) {
            assertThat(answerTo(name, "guess")).endsWith("/login?wrong");
        }

        assertThat(answerTo("OperatoR ", "guess")).endsWith("/login?wait");
        assertThat(answerTo("operator", RunningConsole.PASSWORD)).endsWith("/login?wait");
    }

    @Test
    void guessesAtOnceAreNoMoreThanGuessesInTurn() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<String>>();
            for (int i = 0; i < 32; i++) {
                answers.add(threads.submit(() -> answerTo("mallory", "guess")));
            }
            var judged = 0;
            for (var answer : answers) {
                judged += answer.get().endsWith("?wrong") ? 1 : 0;
            }
            assertThat(judged).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/login", "/login?wrong", "/messages?state=DEAD", "/nowhere", "/badges", "/messages.csv"})
    void strangersTakeNoMemory(String path) throws Exception {
        var answer = console.browser().get(path);

        assertThat(cookie(answer.headers().allValues("Set-Cookie"))).isEmpty();
    }

    @Test
    void aRedirectDoesNotRepeatWhatTheRequestCalledUs() throws Exception {
        var lead = console.as("lead");

        for (var answer : List.of(
                console.browser().get("/messages"),
                console.browser().logIn("nobody", "guess"),
                console.browser().logIn("lead", RunningConsole.PASSWORD),
                lead.get("/login"),
                lead.submit("/messages", "/logout", Map.of()))) {
            assertThat(answer.headers().firstValue("Location"))
                    .hasValueSatisfying(location -> assertThat(location).startsWith("/"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "secret-in-clear, is not a BCrypt hash",
        "'{bcrypt}changeme', is one that everybody would try",
        "'{bcrypt}eve', is one that everybody would try"
    })
    void refusesToStartWithAPasswordThatProtectsNothing(String password, String why) {
        var given = password.startsWith("{bcrypt}")
                ? new BCryptPasswordEncoder(4).encode(password.substring("{bcrypt}".length()))
                : password;

        assertThatThrownBy(() -> RunningConsole.start(
                                service,
                                "--message-admin-ui.login.users[4].name=eve",
                                "--message-admin-ui.login.users[4].role=viewer",
                                "--message-admin-ui.login.users[4].password=" + given)
                        .close())
                .satisfies(failure -> assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                        .hasMessageContaining("users[4].password " + why)
                        .hasMessageNotContaining(given));
    }

    @Test
    void nobodySendsARequestForEver() {
        var server = (TomcatWebServer)
                Objects.requireNonNull(((ServletWebServerApplicationContext) console.context()).getWebServer());

        assertThat(server.getTomcat().getConnector().getProtocolHandler()).isInstanceOf(TimeLimitedProtocol.class);
    }

    private static String answerTo(String name, String password) throws Exception {
        return console.browser()
                .logIn(name, password)
                .headers()
                .firstValue("Location")
                .orElse("");
    }

    private static String cookie(List<String> cookies) {
        return cookies.stream()
                .filter(cookie -> cookie.startsWith("rm-console="))
                .findFirst()
                .orElse("");
    }
}
