package io.reliablemessage.adminui.login;

import io.reliablemessage.adminui.api.Operator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(LoginProperties.class)
class LoginConfiguration {

    private static final Logger log = LoggerFactory.getLogger(LoginConfiguration.class);

    /** A request by a page's script for a part of the page. */
    private static final RequestMatcher PART = new RequestHeaderRequestMatcher("HX-Request");

    private static final String[] OPEN = {
        "/login", "/css/**", "/js/**", "/lib/**", "/icon.svg", "/error", "/actuator/health/**", "/actuator/prometheus"
    };

    @Bean
    SecurityFilterChain everything(
            HttpSecurity http,
            LoginProperties properties,
            LoginThrottle throttle,
            ObjectProvider<ClientRegistrationRepository> providers) {
        http.authorizeHttpRequests(requests ->
                        requests.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
                .formLogin(form -> form.loginPage("/login").failureHandler(throttle::failed))
                .logout(logout -> logout.logoutSuccessUrl("/login?out"))
                .requestCache(cache -> cache.requestCache(comesBackTo()))
                .exceptionHandling(
                        refused -> refused.defaultAuthenticationEntryPointFor(LoginConfiguration::loadAnew, PART));
        http.addFilterBefore(throttle, UsernamePasswordAuthenticationFilter.class);
        if (providers.getIfAvailable() != null) {
            http.oauth2Login(login -> login.loginPage("/login")
                    .userInfoEndpoint(user -> user.userAuthoritiesMapper(new OidcAuthorities(properties.oidcRoles()))));
        } else if (properties.users().isEmpty()) {
            log.atWarn()
                    .addKeyValue("remedy", LoginProperties.PREFIX + ".users, or an OpenID provider")
                    .log("Nobody can log in: no user is configured");
        }
        return http.build();
    }

    @Bean
    UserDetailsService users(LoginProperties properties) {
        return new InMemoryUserDetailsManager(properties.users().stream()
                .map(user -> User.withUsername(user.name())
                        .password(user.password())
                        .authorities(authority(user.role()))
                        .build())
                .toList());
    }

    @Bean
    PasswordEncoder passwords() {
        return new BCryptPasswordEncoder();
    }

    private static String authority(Operator.@Nullable Role role) {
        return role == null ? "ROLE_NOTHING" : role.authority();
    }

    /** Remembers the page to show after the login, never a part of one. */
    private static HttpSessionRequestCache comesBackTo() {
        var pages = new HttpSessionRequestCache();
        pages.setRequestMatcher(request -> "GET".equals(request.getMethod())
                && new NegatedRequestMatcher(PART).matches(request)
                && !request.getRequestURI().endsWith(".csv"));
        return pages;
    }

    /** The session ended while a page was open: its next poll leads to the login. */
    private static void loadAnew(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException ended) {
        response.setHeader("HX-Refresh", "true");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
