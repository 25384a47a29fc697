package io.reliablemessage.adminui.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The page to show after the login, which the browser remembers. */
class WantedPageTest {

    private final WantedPage wanted = new WantedPage(request -> true);

    @ParameterizedTest
    @ValueSource(strings = {"/", "/messages", "/messages?state=DEAD&key=A%261", "/search?q=%E7%8E%8B"})
    void isFoundAgain(String page) {
        var request = new MockHttpServletRequest("GET", page.replaceFirst("\\?.*", ""));
        request.setQueryString(page.contains("?") ? page.replaceFirst("[^?]*\\?", "") : null);
        var response = new MockHttpServletResponse();

        wanted.saveRequest(request, response);

        var cookie = Objects.requireNonNull(response.getCookie("rm-wanted"));
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(after(cookie.getValue())).isEqualTo(page);
    }

    @Test
    void isForgottenWhenItWasShown() {
        var request = new MockHttpServletRequest();
        request.setCookies(new Cookie("rm-wanted", encoded("/audit")));
        var response = new MockHttpServletResponse();

        wanted.getRequest(request, response);

        assertThat(Objects.requireNonNull(response.getCookie("rm-wanted")).getMaxAge())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: x=y",
                "/\tevil",
                ""
            })
    void isNeverAnotherSite(String page) {
        assertThat(after(encoded(page))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/logout", "/logout?a=b", "/login", "/login?wrong", "/logout/", "/logout;a"})
    void isNeverTheWayInOrOut(String page) {
        assertThat(after(encoded(page))).isEmpty();
    }

    @Test
    void whatIsNoneIsNothing() {
        assertThat(after("***")).isEmpty();
    }

    @Test
    void aLongOneIsNotRemembered() {
        var request = new MockHttpServletRequest("GET", "/messages");
        request.setQueryString("key=" + "x".repeat(3_000));
        var response = new MockHttpServletResponse();

        wanted.saveRequest(request, response);

        assertThat(response.getCookie("rm-wanted")).isNull();
    }

    private String after(String cookie) {
        var request = new MockHttpServletRequest();
        request.setCookies(new Cookie("rm-wanted", cookie));
        var saved = wanted.getRequest(request, new MockHttpServletResponse());
        return saved == null ? "" : saved.getRedirectUrl();
    }

    private static String encoded(String page) {
        return Base64.getUrlEncoder().encodeToString(page.getBytes(StandardCharsets.UTF_8));
    }
}
