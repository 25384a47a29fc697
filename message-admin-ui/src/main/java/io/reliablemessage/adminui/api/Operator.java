package io.reliablemessage.adminui.api;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The logged-in operator.
 *
 * @param role the highest that was given; none: may look at nothing
 */
public record Operator(String name, @Nullable Role role) {

    /** Each includes those before it. */
    public enum Role {
        VIEWER,
        OPERATOR,
        LEAD,
        ADMIN;

        public String authority() {
            return "ROLE_" + name();
        }

        public static Optional<Role> parse(String name) {
            return Arrays.stream(values())
                    .filter(role -> role.name().equalsIgnoreCase(name.strip()))
                    .findFirst();
        }
    }

    static Optional<Operator> current() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(Authentication::isAuthenticated)
                .map(Operator::of);
    }

    public static Operator of(Authentication login) {
        var role = login.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .flatMap(authority -> Arrays.stream(Role.values())
                        .filter(known -> known.authority().equals(authority)))
                .max(Comparator.naturalOrder());
        return new Operator(login.getName(), role.orElse(null));
    }

    /** May resend, check back, write notes. */
    public boolean isOperator() {
        return has(Role.OPERATOR);
    }

    /** May decide, discard, pause, view payloads. */
    public boolean isLead() {
        return has(Role.LEAD);
    }

    /** May create keys. */
    public boolean isAdmin() {
        return has(Role.ADMIN);
    }

    private boolean has(Role least) {
        return role != null && role.compareTo(least) >= 0;
    }
}
