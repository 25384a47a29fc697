package io.reliablemessage.service.platform.security;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a key may be used for. */
public enum Role {
    PRODUCER,
    CONSUMER,
    WORKER,
    VIEWER,
    OPERATOR,
    LEAD,
    ADMIN,
    /** Acts for operators: may name one and that operator's roles with each call, and has no rights of its own. */
    CONSOLE;

    /** The roles a console may pass on; a console never produces, consumes or works. */
    static final Set<Role> OF_OPERATORS = Set.of(VIEWER, OPERATOR, LEAD, ADMIN);

    /** Names for {@code @RolesAllowed}, which takes constants only. */
    public static final class Names {
        public static final String PRODUCER = "PRODUCER";
        public static final String CONSUMER = "CONSUMER";
        public static final String WORKER = "WORKER";
        public static final String VIEWER = "VIEWER";
        public static final String OPERATOR = "OPERATOR";
        public static final String LEAD = "LEAD";
        public static final String ADMIN = "ADMIN";

        private Names() {}
    }

    public static Optional<Role> parse(String name) {
        return Arrays.stream(values())
                .filter(role -> role.name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }
}
