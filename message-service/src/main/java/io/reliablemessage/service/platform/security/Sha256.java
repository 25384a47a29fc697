package io.reliablemessage.service.platform.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that every JVM has. */
public final class Sha256 {

    private Sha256() {}

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
