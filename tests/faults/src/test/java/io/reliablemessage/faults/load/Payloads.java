package io.reliablemessage.faults.load;

import java.util.Base64;
import java.util.Random;

/** Texts that stay as large as they are, wherever they are stored. */
public final class Payloads {

    private Payloads() {}

    /**
     * Always the same text for a length.
     *
     * @param bytes as JSON, so with the quotation marks
     */
    public static String incompressible(int bytes) {
        var random = new byte[bytes];
        new Random(bytes).nextBytes(random);
        return Base64.getEncoder().encodeToString(random).substring(0, bytes - 2);
    }
}
