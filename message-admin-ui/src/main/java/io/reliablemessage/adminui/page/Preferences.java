package io.reliablemessage.adminui.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/** Keeps a reader's preferences: chosen by a link, kept in a cookie, so that they need no script or database. */
class Preferences implements HandlerInterceptor {

    static final Preference LANGUAGE = new Preference("lang", List.of("en", "zh"));
    static final Preference THEME = new Preference("theme", List.of("system", "light", "dark"));

    /** Set by the page's script, since only the browser knows. */
    private static final String ZONE = "rm-zone";

    /** A choice among a few. */
    record Preference(String name, List<String> choices) {

        @Nullable
        String of(HttpServletRequest request) {
            var asked = request.getParameter(name);
            if (asked != null && choices.contains(asked)) {
                return asked;
            }
            var kept = WebUtils.getCookie(request, "rm-" + name);
            return kept != null && choices.contains(kept.getValue()) ? kept.getValue() : null;
        }

        void keep(HttpServletRequest request, HttpServletResponse response) {
            var asked = request.getParameter(name);
            if (asked != null && choices.contains(asked)) {
                var cookie = ResponseCookie.from("rm-" + name, asked)
                        .path("/")
                        .maxAge(Duration.ofDays(365))
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax");
                response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
            }
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        LANGUAGE.keep(request, response);
        THEME.keep(request, response);
        return true;
    }

    static ZoneId zone(HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, ZONE);
        try {
            return cookie == null ? ZoneOffset.UTC : ZoneId.of(cookie.getValue());
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }
}
