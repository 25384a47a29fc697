package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;

import io.reliablemessage.api.Headers;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.web.ReservedNames;
import io.reliablemessage.service.platform.web.SingleHeader;
import io.reliablemessage.service.platform.web.Texts;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.UriUtils;

/** Identifies the caller by its API key, and with a console's key the operator. */
class ApiKeyFilter extends HttpFilter {

    private static final String SCHEME = "Bearer ";
    private static final int MAX_ACTOR_LENGTH = 100;

    private final KeyCache keys;
    private final RateLimit rateLimit;
    private final HandlerExceptionResolver problems;

    ApiKeyFilter(KeyCache keys, RateLimit rateLimit, HandlerExceptionResolver problems) {
        this.keys = keys;
        this.rateLimit = rateLimit;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            var authorization = SingleHeader.of(HttpHeaders.AUTHORIZATION, request);
            if (authorization != null && !isOpen(request)) {
                authenticate(callerOf(authorization, request));
            }
        } catch (RuntimeException refused) {
            problems.resolveException(request, response, null, refused);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Health is asked without a key; one that comes all the same must not make it depend on the database. */
    private static boolean isOpen(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/health")
                || request.getDispatcherType() == DispatcherType.ERROR; // the call has been judged already
    }

    private static void authenticate(Caller caller) {
        SecurityContextHolder.setContext(new SecurityContextImpl(new CallerAuthentication(caller)));
    }

    private Caller callerOf(String authorization, HttpServletRequest request) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new Problem(UNAUTHENTICATED, "The Authorization header is not 'Bearer <api key>'.");
        }
        var key = ByteBuffer.wrap(
                KeyHash.of(authorization.substring(SCHEME.length()).strip()));
        var credential = keys.find(key, request.getRemoteAddr())
                .orElseThrow(() -> new Problem(UNAUTHENTICATED, "The API key is unknown or expired."));
        rateLimit.take(key);
        var actor = SingleHeader.of(Headers.ACTOR, request);
        var roles = SingleHeader.of(Headers.ROLES, request);
        if (!credential.roles().contains(Role.CONSOLE)) {
            if (actor != null || roles != null) {
                throw new Problem(
                        MALFORMED_REQUEST,
                        "%s and %s are for keys with the role console only.".formatted(Headers.ACTOR, Headers.ROLES));
            }
            return new Caller(credential.application(), credential.application(), credential.roles());
        }
        return new Caller(credential.application(), checkedActor(actor), operatorRoles(roles));
    }

    private static String checkedActor(@Nullable String actor) {
        if (actor == null || actor.isBlank()) {
            throw new Problem(FORBIDDEN, "A console's call names its operator in %s.".formatted(Headers.ACTOR));
        }
        var name = decoded(actor.strip());
        if (name.length() > MAX_ACTOR_LENGTH || !Texts.isVisible(name)) {
            throw new Problem(
                    MALFORMED_REQUEST,
                    "%s is a name that can be seen, at most %d characters without controls."
                            .formatted(Headers.ACTOR, MAX_ACTOR_LENGTH));
        }
        if (ReservedNames.contain(name)) {
            throw new Problem(
                    MALFORMED_REQUEST, "%s '%s' is reserved for the service itself.".formatted(Headers.ACTOR, name));
        }
        return name;
    }

    /** Headers are ASCII, operators' names are not: they come percent-encoded, as in an address. */
    private static String decoded(String actor) {
        try {
            return UriUtils.decode(actor, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new Problem(
                    MALFORMED_REQUEST, "%s is not percent-encoded UTF-8.".formatted(Headers.ACTOR), malformed);
        }
    }

    private static Set<Role> operatorRoles(@Nullable String header) {
        var roles = EnumSet.noneOf(Role.class);
        if (header != null) {
            Arrays.stream(header.split(",", -1))
                    .map(name -> Role.parse(name)
                            .filter(Role.OF_OPERATORS::contains)
                            .orElseThrow(() -> new Problem(
                                    MALFORMED_REQUEST,
                                    "%s takes viewer, operator, lead and admin, separated by commas."
                                            .formatted(Headers.ROLES))))
                    .forEach(roles::add);
        }
        return roles;
    }
}
