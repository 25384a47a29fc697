package io.reliablemessage.spring.internal.check;

import java.util.Base64;
import java.util.List;

/** Reads the secrets that check-backs are signed with. */
public final class CheckSecrets {

    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;
    private static final String RULE =
            "A check secret is whsec_ and the base64 of 24 to 64 random bytes; make one with: "
                    + "echo whsec_$(openssl rand -base64 32)";

    private CheckSecrets() {}

    /**
     * Reads secrets. None: nothing that is signed can be verified.
     *
     * @throws IllegalArgumentException says how to make one, and never shows the one given
     */
    public static List<byte[]> decode(List<String> secrets) {
        return secrets.stream().map(CheckSecrets::decode).toList();
    }

    private static byte[] decode(String secret) {
        if (secret.startsWith(PREFIX)) {
            try {
                var bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
                if (bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES) {
                    return bytes;
                }
            } catch (IllegalArgumentException malformed) {
                // Its text could show a part of the secret.
            }
        }
        throw new IllegalArgumentException(RULE);
    }
}
