package io.reliablemessage.adminui.login;

import io.reliablemessage.adminui.api.Operator;
import io.reliablemessage.adminui.login.LoginThrottle.TooManyGuesses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
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
            HttpSecurity http, LoginProperties properties, ObjectProvider<ClientRegistrationRepository> providers) {
        http.authorizeHttpRequests(requests ->
                        requests.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
                .formLogin(form -> form.loginPage("/login").failureHandler(LoginConfiguration::askAgain))
                .logout(logout -> logout.logoutSuccessUrl("/login?out"))
                .addFilterBefore(new LoginInBody(), UsernamePasswordAuthenticationFilter.class)
                .csrf(csrf -> csrf.csrfTokenRepository(new CsrfTokens()))
                .requestCache(cache -> cache.requestCache(new WantedPage(LoginConfiguration::isPage)))
                .exceptionHandling(
                        refused -> refused.defaultAuthenticationEntryPointFor(LoginConfiguration::loadAnew, PART));
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
    AuthenticationProvider passwords(LoginProperties properties) {
        var passwords = new DaoAuthenticationProvider(users(properties));
        passwords.setPasswordEncoder(new EqualWorkEncoder(
                properties.users().stream().map(LoginProperties.User::password).mapToInt(EqualWorkEncoder::cost)));
        return new LoginThrottle(passwords, Clock.systemUTC());
    }

    private static UserDetailsService users(LoginProperties properties) {
        return new InMemoryUserDetailsManager(properties.users().stream()
                .map(user -> User.withUsername(user.name())
                        .password(user.password())
                        .authorities(authority(user.role()))
                        .build())
                .toList());
    }

    private static String authority(Operator.@Nullable Role role) {
        return role == null ? "ROLE_NOTHING" : role.authority();
    }

    /** Whether it can be shown after the login: a part of a page cannot. */
    private static boolean isPage(HttpServletRequest request) {
        return "GET".equals(request.getMethod())
                && !PART.matches(request)
                && !request.getRequestURI().endsWith(".csv");
    }

    private static void askAgain(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        response.sendRedirect(
                request.getContextPath() + (refused instanceof TooManyGuesses ? "/login?wait" : "/login?wrong"));
    }

    /** The session ended while a page was open: its next poll leads to the login. */
    private static void loadAnew(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException ended) {
        response.setHeader("HX-Refresh", "true");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
