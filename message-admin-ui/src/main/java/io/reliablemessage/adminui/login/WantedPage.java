package io.reliablemessage.adminui.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.WebUtils;

/** Remembers in the browser, not in a session, the page to show after the login: strangers take no memory. */
class WantedPage implements RequestCache {

    private static final String COOKIE = "rm-wanted";
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MAX_LENGTH = 2_000;

    private final RequestMatcher pages;

    WantedPage(RequestMatcher pages) {
        this.pages = pages;
    }

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        var query = request.getQueryString();
        var page = request.getRequestURI().substring(request.getContextPath().length())
                + (query == null ? "" : "?" + query);
        if (pages.matches(request) && isOurs(page) && page.length() <= MAX_LENGTH) {
            keep(page, KEPT, request, response);
        }
    }

    @Override
    public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        var cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null) {
            return null;
        }
        removeRequest(request, response);
        var page = decoded(cookie.getValue());
        return isOurs(page) ? new SimpleSavedRequest(page) : null;
    }

    /** A page is opened by a request of its own, none is repeated. */
    @Override
    public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
        keep("", Duration.ZERO, request, response);
    }

    private static void keep(String page, Duration kept, HttpServletRequest request, HttpServletResponse response) {
        var value = Base64.getUrlEncoder().withoutPadding().encodeToString(page.getBytes(StandardCharsets.UTF_8));
        var cookie = ResponseCookie.from(COOKIE, value)
                .path(request.getContextPath() + "/")
                .maxAge(kept)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax");
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    }

    private static String decoded(String cookie) {
        try {
            return new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException forged) {
            return "";
        }
    }

    /** A path here, not another site, and not the way out: whoever can set cookies must lead nobody astray. */
    private static boolean isOurs(String page) {
        return page.matches("/(?![/\\\\])(?!log(in|out)(?![\\w.-]))[\\x21-\\x7e]*");
    }
}
