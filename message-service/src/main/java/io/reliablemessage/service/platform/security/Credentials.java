package io.reliablemessage.service.platform.security;

import java.util.Optional;
import java.util.Set;

/** Knows the live keys. */
public interface Credentials {

    /**
     * Finds whom a key belongs to.
     *
     * @param hash the key's SHA-256; the key itself is never looked up, kept or logged
     * @return empty when the key is unknown, expired, or its application switched off
     */
    Optional<Credential> find(byte[] hash);

    /** A live key's application and roles. */
    record Credential(String application, Set<Role> roles) {}
}
