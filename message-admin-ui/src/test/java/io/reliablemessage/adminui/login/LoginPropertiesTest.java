package io.reliablemessage.adminui.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.adminui.api.Operator.Role;
import io.reliablemessage.adminui.login.LoginProperties.OidcRoles;
import io.reliablemessage.adminui.login.LoginProperties.User;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Users of the console's own: with a name, a role, and a password that is hashed and not well known. */
class LoginPropertiesTest {

    /** As cheap as they come: the cost is not what is tested. */
    private static final BCryptPasswordEncoder CHEAP = new BCryptPasswordEncoder(4);

    private static final String HASH = hash("correct horse battery staple");

    @Test
    void nobodyIsAllowed() {
        assertThat(login().users()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void eachRoleIsAllowed(Role role) {
        assertThat(login(new User("ada", HASH, role)).users())
                .extracting(User::role)
                .containsExactly(role);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void theHashesOfCommonToolsAreAllowed(String kind) {
        var hash = kind + HASH.substring(4);

        assertThat(login(new User("ada", hash, Role.LEAD)).users()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void aNameIsNeeded(String name) {
        refuses(
                "message-admin-ui.login.users[0].name is missing. Give the user a name.",
                new User(name, HASH, Role.LEAD));
    }

    @Test
    void twoUsersWithOneNameAreNotToldApartInTheAudit() {
        refuses(
                "message-admin-ui.login.users[2].name appears twice. Give each user a name of its own.",
                new User("ada", HASH, Role.LEAD),
                new User("grace", HASH, Role.LEAD),
                new User("ada", HASH, Role.VIEWER));
    }

    @Test
    void aRoleIsNeeded() {
        refuses(
                "message-admin-ui.login.users[1].role is missing. Choose viewer, operator, lead or admin.",
                new User("ada", HASH, Role.LEAD),
                new User("grace", HASH, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "correct horse battery staple",
                "{noop}secret",
                "{bcrypt}$2a$04$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "$2a$04$tooShort",
                "$2x$04$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "5f4dcc3b5aa765d61d8327deb882cf99",
                "$argon2id$v=19$m=16384,t=2,p=1$abc$def"
            })
    void aPasswordThatIsNotHashedByBCryptIsRefusedWithoutBeingShown(String password) {
        refuses(
                "message-admin-ui.login.users[0].password is not a BCrypt hash."
                        + " Make one with `htpasswd -nBC 12 NAME`, or remove the user.",
                new User("ada", password, Role.LEAD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "password", "changeme", "secret", "123456", "ada"})
    void aPasswordThatEverybodyWouldTryIsRefused(String password) {
        refuses(
                "message-admin-ui.login.users[0].password is one that everybody would try. Choose another.",
                new User("ada", hash(password), Role.LEAD));
    }

    @Test
    void anotherUsersNameIsNoWellKnownPassword() {
        assertThat(login(new User("ada", hash("grace"), Role.LEAD)).users()).hasSize(1);
    }

    @Test
    void aHashIsNotPartOfWhatIsLogged() {
        assertThat(new User("ada", HASH, Role.LEAD)).hasToString("User[name=ada, role=LEAD]");
        assertThat(login(new User("ada", HASH, Role.LEAD)).toString()).doesNotContain("$2a$");
    }

    private static void refuses(String message, User... users) {
        assertThatThrownBy(() -> login(users))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static LoginProperties login(User... users) {
        return new LoginProperties(List.of(users), new OidcRoles("groups", Map.of()));
    }

    private static String hash(@Nullable String password) {
        return String.valueOf(CHEAP.encode(password));
    }
}
