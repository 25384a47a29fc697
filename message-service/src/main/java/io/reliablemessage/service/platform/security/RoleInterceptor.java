package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;

import io.reliablemessage.service.platform.problem.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Checks a handler's {@code @RolesAllowed} before the body is read, so that nobody makes us parse what he may not send. */
class RoleInterceptor implements HandlerInterceptor {

    private static final String OURS = "io.reliablemessage.service";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)
                && !request.getRequestURI().equals("/error")
                && !AnnotatedElementUtils.hasAnnotation(method.getBeanType(), PermitAll.class)) {
            check(method.getMethodAnnotation(RolesAllowed.class));
        }
        return true;
    }

    private static void check(@org.jspecify.annotations.Nullable RolesAllowed allowed) {
        var names = allowed == null ? new String[0] : allowed.value();
        var may = SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication authentication
                && Arrays.stream(names)
                        .anyMatch(name -> authentication.getPrincipal().has(Role.valueOf(name)));
        if (!may) {
            throw new Problem(
                    FORBIDDEN,
                    "This call takes a key with the role %s."
                            .formatted(String.join(" or ", names).toLowerCase(Locale.ROOT)));
        }
    }
}
