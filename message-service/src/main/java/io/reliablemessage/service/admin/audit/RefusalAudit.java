package io.reliablemessage.service.admin.audit;

import io.github.bucket4j.Bucket;
import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.platform.problem.OneLine;
import io.reliablemessage.service.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Records operators' refused attempts, whatever refused them: roles, states or rules. */
@Component
class RefusalAudit implements HandlerInterceptor, WebMvcConfigurer {

    private static final Logger log = LoggerFactory.getLogger(RefusalAudit.class);
    private static final Set<Integer> REFUSED = Set.of(403, 404, 409, 422);
    private static final int BEFORE_ROLES = -1;
    private static final int MAX_TARGET_LENGTH = 200;

    private final AuditLog audit;

    // A script that is refused all day must not fill the table.
    private final Bucket room = Bucket.builder()
            .addLimit(limit -> limit.capacity(1000).refillGreedy(10, Duration.ofSeconds(1)))
            .build();

    RefusalAudit(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/admin/**").order(BEFORE_ROLES);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (handler instanceof HandlerMethod method
                && !HttpMethod.GET.matches(request.getMethod())
                && REFUSED.contains(response.getStatus())
                && request.getAttribute(ProblemType.class.getName()) instanceof ProblemType problem) {
            caller().ifPresent(caller -> record(nameOf(method), targetOf(request), caller, problem));
        }
    }

    private static Optional<Caller> caller() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .map(authentication -> authentication.getPrincipal() instanceof Caller caller ? caller : null);
    }

    private void record(String action, String target, Caller caller, ProblemType problem) {
        if (!room.tryConsume(1)) {
            log.atWarn()
                    .addKeyValue("actor", caller.actor())
                    .addKeyValue("action", action)
                    .log("more operator calls are refused than the audit records");
            return;
        }
        try {
            audit.recordRefusal(action, target, caller.actor(), problem.slug());
        } catch (DataAccessException | TransactionException failed) {
            log.atWarn()
                    .addKeyValue("actor", caller.actor())
                    .addKeyValue("action", action)
                    .setCause(failed)
                    .log("a refusal is missing from the audit");
        }
    }

    private static String nameOf(HandlerMethod method) {
        var audited = method.getMethodAnnotation(AuditedAs.class);
        var operation = method.getMethodAnnotation(Operation.class);
        if (audited != null) {
            return audited.value();
        }
        var name = operation == null ? method.getMethod().getName() : operation.operationId();
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    private static String targetOf(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && !variables.isEmpty()
                ? OneLine.of(String.valueOf(variables.values().iterator().next()), MAX_TARGET_LENGTH)
                : "";
    }
}
