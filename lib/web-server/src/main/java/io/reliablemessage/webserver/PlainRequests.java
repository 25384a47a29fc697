package io.reliablemessage.webserver;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Passes over what Spring fails for while it answers: ranges (no answer here is so large that somebody needs one), an
 * empty {@code Accept}, types of bodies that are no type, and charsets that do not exist.
 */
final class PlainRequests extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var odd = oddHeaders(request);
        var isPlain = odd.isEmpty() && isCharset(request.getCharacterEncoding());
        chain.doFilter(isPlain ? request : new Plain(request, odd), response);
    }

    private static Set<String> oddHeaders(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        var type = request.getContentType();
        var isAccept = accept == null || !accept.isBlank();
        var isType = type == null || type.indexOf('*') < 0;
        if (request.getHeader(HttpHeaders.RANGE) == null && isAccept && isType) {
            return Set.of();
        }
        var odd = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        odd.add(HttpHeaders.RANGE);
        if (!isAccept) {
            odd.add(HttpHeaders.ACCEPT);
        }
        if (!isType) {
            odd.add(HttpHeaders.CONTENT_TYPE);
        }
        return odd;
    }

    private static boolean isCharset(@Nullable String name) {
        try {
            return name == null || Charset.isSupported(name);
        } catch (IllegalCharsetNameException impossible) {
            return false;
        }
    }

    private static final class Plain extends HttpServletRequestWrapper {

        private final Set<String> hidden;

        Plain(HttpServletRequest request, Set<String> hidden) {
            super(request);
            this.hidden = hidden;
        }

        @Override
        public @Nullable String getCharacterEncoding() {
            var name = super.getCharacterEncoding();
            return isCharset(name) ? name : null;
        }

        @Override
        public @Nullable String getContentType() {
            return hidden.contains(HttpHeaders.CONTENT_TYPE) ? null : super.getContentType();
        }

        @Override
        public @Nullable String getHeader(String name) {
            return hidden.contains(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return hidden.contains(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !hidden.contains(name))
                    .toList());
        }
    }
}
