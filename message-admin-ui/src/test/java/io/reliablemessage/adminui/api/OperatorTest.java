package io.reliablemessage.adminui.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.api.Operator.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who is logged in, and what the role allows. */
class OperatorTest {

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,        false, false, false
            VIEWER,   false, false, false
            OPERATOR, true,  false, false
            LEAD,     true,  true,  false
            ADMIN,    true,  true,  true
            """)
    void eachMayWhatThoseBeforeItMay(Role role, boolean isOperator, boolean isLead, boolean isAdmin) {
        var operator = new Operator("ada", role);

        assertThat(operator.isOperator()).isEqualTo(isOperator);
        assertThat(operator.isLead()).isEqualTo(isLead);
        assertThat(operator.isAdmin()).isEqualTo(isAdmin);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            ROLE_VIEWER,                          VIEWER
            ROLE_VIEWER ROLE_LEAD,                LEAD
            ROLE_ADMIN ROLE_VIEWER ROLE_OPERATOR, ADMIN
            ROLE_OPERATOR OIDC_USER SCOPE_openid, OPERATOR
            OIDC_USER SCOPE_openid,               -
            ROLE_NOTHING,                         -
            LEAD,                                 -
            role_lead,                            -
            ROLE_SUPERADMIN,                      -
            """)
    void theHighestOfTheRolesThatWereGivenCounts(String authorities, Role role) {
        var login = new TestingAuthenticationToken("ada", "", authorities.split(" ", -1));

        assertThat(Operator.of(login)).isEqualTo(new Operator("ada", role));
    }

    @Test
    void whoWasGivenNothingMayNothing() {
        assertThat(Operator.of(new TestingAuthenticationToken("ada", ""))).isEqualTo(new Operator("ada", null));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aRoleIsFoundByItsAuthority(Role role) {
        assertThat(Operator.of(new TestingAuthenticationToken("ada", "", role.authority()))
                        .role())
                .isEqualTo(role);
    }

    @ParameterizedTest
    @CsvSource({"viewer, VIEWER", "Operator, OPERATOR", "LEAD, LEAD", "' admin ', ADMIN"})
    void aRoleIsReadAsPeopleWriteIt(String name, Role role) {
        assertThat(Role.parse(name)).contains(role);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "root", "ROLE_ADMIN", "admins", "lead,admin"})
    void whatIsNoRoleIsNone(String name) {
        assertThat(Role.parse(name)).isEmpty();
    }

    @Test
    void nobodyIsLoggedIn() {
        assertThat(Operator.current()).isEmpty();
    }

    @Test
    void somebodyIsLoggedIn() {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("ada", "", "ROLE_LEAD"));

        assertThat(Operator.current()).contains(new Operator("ada", Role.LEAD));
    }

    @Test
    void aLoginThatIsNotThroughIsNone() {
        var login = new TestingAuthenticationToken("ada", "", "ROLE_LEAD");
        login.setAuthenticated(false);
        SecurityContextHolder.getContext().setAuthentication(login);

        assertThat(Operator.current()).isEmpty();
    }
}
