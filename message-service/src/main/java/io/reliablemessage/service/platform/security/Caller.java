package io.reliablemessage.service.platform.security;

import java.util.Set;

/**
 * Who makes a call.
 *
 * @param application the application the key belongs to
 * @param actor who is written down as having done it: the application, or the operator a console acts for
 * @param roles what the call may do
 */
public record Caller(String application, String actor, Set<Role> roles) {

    public boolean has(Role role) {
        return roles.contains(role);
    }
}
