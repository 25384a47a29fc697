package io.reliablemessage.service.platform.security;

import java.util.Set;

/**
 * The caller of the API.
 *
 * @param application the application the key belongs to
 * @param actor who is recorded: the application, or the operator that a console acts for
 * @param roles what the caller may do
 */
public record Caller(String application, String actor, Set<Role> roles) {

    public boolean has(Role role) {
        return roles.contains(role);
    }
}
