package io.reliablemessage.service.admin.common;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.reliablemessage.service.platform.problem.OneLine;
import io.reliablemessage.service.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses query parameters that a call does not take, that are there twice, or that are blank: a misspelt filter would
 * find everything, and an action would go further than it was meant to. An empty one is a form's empty field.
 */
@Component
class KnownParameters implements HandlerInterceptor, WebMvcConfigurer {

    private static final int AFTER_ROLES = 1;

    private static final Pattern BLANK = Pattern.compile("[\\p{Z}\\s]+");

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/admin/**", "/ledger").order(AFTER_ROLES);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            var names = known.computeIfAbsent(method.getMethod(), unread -> namesOf(method));
            request.getParameterMap().forEach((name, values) -> check(name, values, names));
        }
        return true;
    }

    private static void check(String name, String[] values, Set<String> known) {
        if (!known.contains(name)) {
            throw new Problem(MALFORMED_REQUEST, "Unknown parameter '%s'.".formatted(OneLine.of(name, 100)));
        }
        if (values.length > 1) {
            throw new Problem(MALFORMED_REQUEST, "Parameter '%s' is there twice.".formatted(name));
        }
        if (BLANK.matcher(values[0]).matches()) {
            throw new Problem(MALFORMED_REQUEST, "Parameter '%s' is blank; leave it out.".formatted(name));
        }
    }

    private static Set<String> namesOf(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .flatMap(KnownParameters::namesOf)
                .collect(toUnmodifiableSet());
    }

    private static Stream<String> namesOf(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(ParameterObject.class)) {
            return Arrays.stream(parameter.getParameterType().getRecordComponents())
                    .map(RecordComponent::getName);
        }
        return parameter.hasParameterAnnotation(RequestParam.class)
                ? Stream.ofNullable(parameter.getParameter().getName())
                : Stream.empty();
    }
}
