package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static org.springframework.security.config.Customizer.withDefaults;

import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.problem.UnreadablePath;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {

    /** What the API's page needs: its own scripts, styles inside elements, and icons inside styles. */
    private static final String PAGES =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    /** Those that the firewall lets through. */
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new RoleInterceptor());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgumentResolver());
    }

    /**
     * Tomcat has refused names that are no tokens, and control characters in values; the reader of a header judges the
     * rest. Spring's own check comes each time it is read, so a strange {@code Accept} would keep even the problem from
     * being written.
     */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(name -> true);
        firewall.setAllowedHeaderValues(value -> true);
        return firewall;
    }

    @Bean
    RequestRejectedHandler refusals(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return (request, response, refusal) -> problems.resolveException(
                request,
                response,
                null,
                METHODS.contains(request.getMethod())
                        ? UnreadablePath.problem(refusal)
                        : new Problem(MALFORMED_REQUEST, "The method is none of " + METHODS + ".", refusal));
    }

    /** A call is observed as a whole. Observing every filter on its way costs more than all of them do. */
    @Bean
    SecurityObservationSettings unobservedFilters() {
        return SecurityObservationSettings.noObservations();
    }

    /** The response headers for every message. Few are of use to a program, and each costs. */
    @Bean
    @Order(1)
    SecurityFilterChain messages(
            HttpSecurity http,
            KeyCache keys,
            RateLimit rateLimit,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return lean(http, new ApiKeyFilter(keys, rateLimit, problems), problems)
                .securityMatcher("/messages/**")
                .headers(headers -> headers.defaultsDisabled()
                        .contentTypeOptions(withDefaults())
                        .cacheControl(withDefaults()))
                .authorizeHttpRequests(calls -> calls.anyRequest().authenticated())
                .build();
    }

    /** Open: health, the API's description, and the pages that explain problems. Everything else requires a key. */
    @Bean
    @Order(2)
    SecurityFilterChain others(
            HttpSecurity http,
            KeyCache keys,
            RateLimit rateLimit,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return lean(http, new ApiKeyFilter(keys, rateLimit, problems), problems)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGES)))
                .authorizeHttpRequests(calls -> calls.requestMatchers(
                                "/actuator/health/**",
                                "/v3/api-docs",
                                "/v3/api-docs.yaml",
                                "/v3/api-docs/swagger-config",
                                "/swagger-ui.html",
                                "/swagger-ui/**",
                                "/problems/**",
                                "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    private static HttpSecurity lean(HttpSecurity http, ApiKeyFilter keys, HandlerExceptionResolver problems) {
        return http.csrf(AbstractHttpConfigurer::disable) // no cookies, so nothing a foreign page could ride on
                .securityContext(AbstractHttpConfigurer::disable) // a key comes with every call, nothing is remembered
                .sessionManagement(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint((request, response, refused) -> problems.resolveException(
                                request,
                                response,
                                null,
                                new Problem(
                                        UNAUTHENTICATED, "The call carries no API key. " + UNAUTHENTICATED.remedy()))))
                .addFilterBefore(keys, AuthorizationFilter.class);
    }
}
