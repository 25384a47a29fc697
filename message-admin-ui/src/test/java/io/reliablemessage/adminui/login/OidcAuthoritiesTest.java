package io.reliablemessage.adminui.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.api.Operator.Role;
import io.reliablemessage.adminui.login.LoginProperties.OidcRoles;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;

/** What a provider says of its user becomes a role only if the settings say so. */
class OidcAuthoritiesTest {

    private static final OidcRoles RULES =
            new OidcRoles("groups", Map.of("on-call", Role.OPERATOR, "leads", Role.LEAD, "订单组", Role.VIEWER));

    @ParameterizedTest
    @CsvSource(textBlock = """
            on-call,         ROLE_OPERATOR
            leads,           ROLE_LEAD
            订单组,            ROLE_VIEWER
            on-call leads,   ROLE_LEAD ROLE_OPERATOR
            leads leads,     ROLE_LEAD
            leads staff,     ROLE_LEAD
            staff,           ''
            Leads,           ''
            LEAD,            ''
            ROLE_LEAD,       ''
            """)
    void onlyAValueWithARoleMeansSomething(String groups, String roles) {
        assertThat(roles(List.of(groups.split(" ", -1)))).isEqualTo(roles);
    }

    @Test
    void oneTextIsOneValue() {
        assertThat(roles("leads")).isEqualTo("ROLE_LEAD");
        assertThat(roles("leads,on-call")).isEmpty();
        assertThat(roles("leads on-call")).isEmpty();
    }

    @Test
    void whatIsNeitherATextNorAListMeansNothing() {
        assertThat(roles(null)).isEmpty();
        assertThat(roles(42)).isEmpty();
        assertThat(roles(true)).isEmpty();
        assertThat(roles(Map.of("leads", true))).isEmpty();
        assertThat(roles(List.of())).isEmpty();
    }

    @Test
    void aListMayHoldAnything() {
        assertThat(roles(Arrays.asList("leads", null, 42, List.of("on-call"), Map.of())))
                .isEqualTo("ROLE_LEAD");
    }

    @Test
    void anotherClaimIsNotLookedAt() {
        var authority = user("roles", List.of("leads"));

        assertThat(new OidcAuthorities(RULES).mapAuthorities(Set.of(authority))).isEmpty();
    }

    @Test
    void theClaimIsTheOneThatTheSettingsName() {
        var rules = new OidcRoles("realm_roles", Map.of("leads", Role.LEAD));

        assertThat(new OidcAuthorities(rules).mapAuthorities(Set.of(user("realm_roles", "leads"))))
                .extracting(GrantedAuthority::getAuthority)
                .containsExactly("ROLE_LEAD");
    }

    @Test
    void aProvidersOwnScopesAreNoRoles() {
        var given = Set.of(new SimpleGrantedAuthority("ROLE_ADMIN"), new SimpleGrantedAuthority("SCOPE_leads"));

        assertThat(new OidcAuthorities(RULES).mapAuthorities(given)).isEmpty();
    }

    @Test
    void withoutRulesNobodyMayAnything() {
        var rules = new OidcRoles("groups", Map.of());

        assertThat(new OidcAuthorities(rules).mapAuthorities(Set.of(user("groups", "leads"))))
                .isEmpty();
    }

    private static String roles(@Nullable Object groups) {
        return new OidcAuthorities(RULES)
                .mapAuthorities(Set.of(user("groups", groups))).stream()
                        .map(GrantedAuthority::getAuthority)
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    private static OidcUserAuthority user(String claim, @Nullable Object value) {
        var claims = new HashMap<String, Object>(Map.of("sub", "1"));
        if (value != null) {
            claims.put(claim, value);
        }
        var now = Instant.parse("2026-11-21T12:00:00Z");
        return new OidcUserAuthority(new OidcIdToken("token", now, now.plusSeconds(60), claims));
    }
}
