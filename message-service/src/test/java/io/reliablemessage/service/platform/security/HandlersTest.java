package io.reliablemessage.service.platform.security;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Service;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** No operation is forgotten: each handler has its description and its roles. */
class HandlersTest {

    private static final String ANY_PATH_VARIABLE = "\\{(\\w+):(?:[^{}]|\\{[^{}]*})*}";

    private final Service service = Service.shared();

    @Test
    void eachHandlerIsDescribedAndSaysWhoMayCallIt() {
        var described =
                DescribedOperation.all().map(DescribedOperation::toString).collect(toSet());

        assertThat(handlers()).isNotEmpty().allSatisfy((mapping, handler) -> {
            assertThat(carries(handler, RolesAllowed.class) || carries(handler, PermitAll.class))
                    .as("%s carries @RolesAllowed or @PermitAll", handler)
                    .isTrue();
            if (!carries(handler, Hidden.class)) {
                assertThat(described).as("operations in docs/openapi.yaml").containsAll(operationsOf(mapping));
            }
        });
    }

    private Map<RequestMappingInfo, HandlerMethod> handlers() {
        var mappings = requireNonNull(service.bean(DispatcherServlet.class).getHandlerMappings());
        return mappings.stream()
                .filter(RequestMappingHandlerMapping.class::isInstance)
                .map(RequestMappingHandlerMapping.class::cast)
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(mapped -> mapped.getValue().getBeanType().getName().startsWith("io.reliablemessage"))
                .filter(mapped -> !operationsOf(mapped.getKey()).contains("GET /error"))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> operationsOf(RequestMappingInfo mapping) {
        var methods = mapping.getMethodsCondition().getMethods().stream()
                .map(Enum::name)
                .collect(toSet());
        return mapping.getPatternValues().stream()
                .map(pattern -> pattern.replaceAll(ANY_PATH_VARIABLE, "{$1}"))
                .flatMap(path -> (methods.isEmpty() ? Set.of("GET") : methods)
                        .stream().map(method -> "%s %s".formatted(method, path)))
                .collect(toSet());
    }

    private static boolean carries(HandlerMethod handler, Class<? extends Annotation> annotation) {
        return handler.hasMethodAnnotation(annotation)
                || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), annotation);
    }
}
