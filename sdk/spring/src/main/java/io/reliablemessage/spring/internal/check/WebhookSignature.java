package io.reliablemessage.spring.internal.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The three headers that authenticate a check-back or its answer.
 *
 * @param timestamp seconds since 1970
 * @param signatures one for each secret, separated by blanks
 * @see <a href="https://www.standardwebhooks.com">Standard Webhooks</a>
 */
public record WebhookSignature(String id, String timestamp, String signatures) {

    private static final String ID = "webhook-id";
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURES = "webhook-signature";
    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** Signs with each secret, since receivers may know only one of them. */
    public static WebhookSignature of(List<byte[]> secrets, String id, Instant now, byte[] body) {
        var seconds = Long.toString(now.getEpochSecond());
        return new WebhookSignature(
                id,
                seconds,
                secrets.stream().map(secret -> sign(secret, id, seconds, body)).collect(joining(" ")));
    }

    /**
     * Empty: it is not signed.
     *
     * @param headers by names of any case
     */
    public static Optional<WebhookSignature> read(Map<String, String> headers) {
        var id = headers.get(ID);
        var timestamp = headers.get(TIMESTAMP);
        var signatures = headers.get(SIGNATURES);
        return id == null || timestamp == null || signatures == null
                ? Optional.empty()
                : Optional.of(new WebhookSignature(id, timestamp, signatures));
    }

    public Map<String, String> headers() {
        return Map.of(ID, id, TIMESTAMP, timestamp, SIGNATURES, signatures);
    }

    /** Whether this was signed at most five minutes before or after. */
    public boolean isTimely(Instant now) {
        try {
            var at = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(at, now).abs().compareTo(TOLERANCE) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    /** Whether one of the signatures was made of this body with one of these secrets. */
    public boolean isMadeOf(byte[] body, List<byte[]> secrets) {
        var right = secrets.stream()
                .map(secret -> sign(secret, id, timestamp, body).getBytes(UTF_8))
                .toList();
        return Arrays.stream(signatures.split(" ", -1))
                .map(signature -> signature.getBytes(UTF_8))
                .anyMatch(signature -> right.stream().anyMatch(one -> MessageDigest.isEqual(one, signature)));
    }

    private static String sign(byte[] secret, String id, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, impossible);
        }
    }
}
