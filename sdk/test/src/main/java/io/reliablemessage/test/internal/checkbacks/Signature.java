package io.reliablemessage.test.internal.checkbacks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs check-backs and verifies their answers.
 *
 * @param timestamp seconds since 1970
 * @see <a href="https://www.standardwebhooks.com">Standard Webhooks</a>
 */
record Signature(String id, String timestamp, String signatures) {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURES = "webhook-signature";

    private static final String ALGORITHM = "HmacSHA256";

    static Signature of(List<byte[]> secrets, String id, long timestamp, byte[] body) {
        var seconds = Long.toString(timestamp);
        return new Signature(
                id,
                seconds,
                secrets.stream().map(secret -> sign(secret, id, seconds, body)).collect(Collectors.joining(" ")));
    }

    boolean isMadeOf(byte[] body, List<byte[]> secrets) {
        return Arrays.stream(signatures.split(" ", -1))
                .anyMatch(given -> secrets.stream()
                        .map(secret -> sign(secret, id, timestamp, body))
                        .anyMatch(right -> MessageDigest.isEqual(right.getBytes(UTF_8), given.getBytes(UTF_8))));
    }

    private static String sign(byte[] secret, String id, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update("%s.%s.".formatted(id, timestamp).getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, impossible);
        }
    }
}
