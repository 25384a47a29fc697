package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static java.util.stream.Collectors.joining;

import io.reliablemessage.service.platform.problem.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Checks a handler's {@code @RolesAllowed} before the body is read, so that an unauthorized body is never parsed. */
class RoleInterceptor implements HandlerInterceptor {

    private static final String OURS = "io.reliablemessage.service";
    private static final Set<Role> NOBODY = Set.of();

    // Empty: open to everybody. Finding annotations costs more than all the rest here.
    private final Map<Method, Optional<Set<Role>>> rules = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && !request.getRequestURI().equals("/error")) {
            rules.computeIfAbsent(method.getMethod(), unknown -> ruleOf(method)).ifPresent(RoleInterceptor::check);
        }
        return true;
    }

    private static Optional<Set<Role>> ruleOf(HandlerMethod method) {
        var type = method.getBeanType();
        if (!type.getName().startsWith(OURS) || AnnotatedElementUtils.hasAnnotation(type, PermitAll.class)) {
            return Optional.empty();
        }
        return Optional.ofNullable(method.getMethodAnnotation(RolesAllowed.class))
                .map(allowed -> Arrays.stream(allowed.value())
                        .map(Role::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class))))
                .<Set<Role>>map(Collections::unmodifiableSet)
                .or(() -> Optional.of(NOBODY));
    }

    private static void check(Set<Role> allowed) {
        var may = SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication authentication
                && allowed.stream().anyMatch(authentication.getPrincipal()::has);
        if (!may) {
            var names = allowed.stream().map(role -> role.name().toLowerCase(Locale.ROOT));
            throw new Problem(
                    FORBIDDEN, "This call requires a key with the role %s.".formatted(names.collect(joining(" or "))));
        }
    }
}
