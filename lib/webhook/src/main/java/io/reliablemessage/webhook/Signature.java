package io.reliablemessage.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What authenticates a request or its answer: three headers.
 *
 * @param id of the request; its answer repeats it
 * @param timestamp seconds since 1970
 * @param signatures one for each secret that is in use
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"> Standard
 *     Webhooks</a>
 */
public record Signature(String id, String timestamp, String signatures) {

    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURES = "webhook-signature";

    /** The names of the headers. */
    public static final List<String> HEADERS = List.of(ID, TIMESTAMP, SIGNATURES);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1,";

    /** @param timestamp seconds since 1970; receivers refuse what is five minutes off */
    public static Signature of(List<byte[]> secrets, String id, long timestamp, byte[] body) {
        var seconds = Long.toString(timestamp);
        return new Signature(
                id,
                seconds,
                secrets.stream().map(secret -> sign(secret, id, seconds, body)).collect(joining(" ")));
    }

    /** Empty: it is not signed. */
    public static Optional<Signature> read(Map<String, String> headers) {
        var id = headers.get(ID);
        var timestamp = headers.get(TIMESTAMP);
        var signatures = headers.get(SIGNATURES);
        return id == null || timestamp == null || signatures == null
                ? Optional.empty()
                : Optional.of(new Signature(id, timestamp, signatures));
    }

    public Map<String, String> headers() {
        return Map.of(ID, id, TIMESTAMP, timestamp, SIGNATURES, signatures);
    }

    /** Whether one of the signatures was made of this body with one of these secrets. */
    public boolean isMadeOf(byte[] body, List<byte[]> secrets) {
        var right = secrets.stream()
                .map(secret -> sign(secret, id, timestamp, body).getBytes(UTF_8))
                .toList();
        return Arrays.stream(signatures.split(" "))
                .map(signature -> signature.getBytes(UTF_8))
                .anyMatch(signature -> right.stream().anyMatch(one -> MessageDigest.isEqual(one, signature)));
    }

    private static String sign(byte[] secret, String id, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update("%s.%s.".formatted(id, timestamp).getBytes(UTF_8));
            return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, impossible);
        }
    }
}
