package io.reliablemessage.adminui.login;

import io.reliablemessage.adminui.api.Operator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Users and roles of the console.
 *
 * @param users local users of the console
 * @param oidcRoles maps a claim of an OpenID provider's users to roles
 */
@ConfigurationProperties(LoginProperties.PREFIX)
record LoginProperties(
        @DefaultValue List<User> users, @DefaultValue OidcRoles oidcRoles) {

    static final String PREFIX = "message-admin-ui.login";

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");
    private static final List<String> WELL_KNOWN = List.of("admin", "password", "changeme", "secret", "123456");

    LoginProperties {
        var names = new HashSet<String>();
        for (int i = 0; i < users.size(); i++) {
            var user = users.get(i);
            var at = PREFIX + ".users[" + i + "]";
            require(isGiven(user.name()), at + ".name is missing. Give the user a name.");
            require(
                    names.add(LoginThrottle.lookedUp(user.name())),
                    at + ".name appears twice. Give each user a name of its own.");
            require(user.role() != null, at + ".role is missing. Choose viewer, operator, lead or admin.");
            require(
                    isGiven(user.password()) && BCRYPT.matcher(user.password()).matches(),
                    at + ".password is not a BCrypt hash. Make one with `htpasswd -nBC 12 NAME`, or remove the user.");
            require(!isWellKnown(user), at + ".password is one that everybody would try. Choose another.");
        }
    }

    /**
     * A user of the console's own.
     *
     * @param name to log in with, and to appear in the audit with
     * @param password its BCrypt hash
     * @param role what the user may do
     */
    @ConfigurationPropertiesSource
    record User(String name, String password, Operator.@Nullable Role role) {
        @Override
        public String toString() {
            return "User[name=" + name + ", role=" + role + "]";
        }
    }

    /**
     * Maps a provider's users to roles.
     *
     * @param claim of the id token or the user info; a text or a list of texts
     * @param roles from a value of the claim to a role; other values give none
     */
    record OidcRoles(
            @DefaultValue("groups") String claim,
            @DefaultValue Map<String, Operator.Role> roles) {}

    private static boolean isWellKnown(User user) {
        var hash = new BCryptPasswordEncoder();
        return hash.matches(user.name(), user.password())
                || WELL_KNOWN.stream().anyMatch(password -> hash.matches(password, user.password()));
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static void require(boolean isMet, String otherwise) {
        if (!isMet) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
