package io.reliablemessage.adminui.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stops password guessing: after some wrong passwords, an address has to wait before trying the same name. */
@Component
class LoginThrottle extends OncePerRequestFilter {

    private static final int MAX_WRONG = 8;
    private static final Duration WAIT = Duration.ofMinutes(5);
    private static final int MAX_REMEMBERED = 10_000;

    /** Longer ones are nobody's and count as one, so that they fill no memory. */
    private static final int MAX_NAME = 255;

    private record Wrong(int times, Instant last) {}

    private final Clock clock = Clock.systemUTC();

    private final Map<String, Wrong> wrong = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Wrong> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"POST".equals(request.getMethod()) || !"/login".equals(request.getServletPath());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (mustWait(who(request))) {
            response.sendRedirect(request.getContextPath() + "/login?wait");
            return;
        }
        chain.doFilter(request, response);
    }

    void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        remember(who(request));
        response.sendRedirect(request.getContextPath() + "/login?wrong");
    }

    private synchronized boolean mustWait(String who) {
        var before = wrong.get(who);
        return before != null && before.times >= MAX_WRONG && isRecent(before);
    }

    private synchronized void remember(String who) {
        var before = wrong.remove(who);
        var times = before != null && isRecent(before) ? before.times + 1 : 1;
        wrong.put(who, new Wrong(times, clock.instant()));
    }

    private boolean isRecent(Wrong before) {
        return before.last.plus(WAIT).isAfter(clock.instant());
    }

    private static String who(HttpServletRequest request) {
        var name = String.valueOf(request.getParameter("username"));
        return request.getRemoteAddr() + " " + (name.length() > MAX_NAME ? "" : name);
    }
}
