package io.reliablemessage.service.platform.security;

import java.util.Optional;
import java.util.Set;

/** Knows the live keys. */
public interface Credentials {

    /**
     * Finds the owner of a key.
     *
     * @param hash the key's SHA-256; the key itself is never looked up, kept or logged
     * @return empty when the key is unknown, expired, or its application switched off
     */
    Optional<Credential> find(byte[] hash);

    /** A live key's application and roles. */
    record Credential(String application, Set<Role> roles) {}
}
