package io.reliablemessage.service.admin.common;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.platform.problem.Problem;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in a list, and which list it was: in another one it would silently leave things out. It is not signed;
 * whoever makes one up skips things.
 *
 * @param at microseconds since 1970, where the list is sorted by a time
 */
public record Cursor(long at, UUID id) {

    private static final int BYTES = 3 * Long.BYTES;
    private static final int TIMED = 4 * Long.BYTES;

    /** @param list tells all its filters by {@code toString} */
    public String text(Object list) {
        var bytes = ByteBuffer.allocate(at == 0 ? BYTES : TIMED)
                .putLong(name(list))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at == 0 ? bytes : bytes.putLong(at)).array());
    }

    /** Where to go on in a list. */
    public static Cursor of(Object list, String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES || bytes.remaining() == TIMED) {
                if (bytes.getLong() != name(list)) {
                    throw new Problem(
                            INVALID_REQUEST, "cursor belongs to another search; leave it out to start this one.");
                }
                var id = new UUID(bytes.getLong(), bytes.getLong());
                return new Cursor(bytes.hasRemaining() ? bytes.getLong() : 0, id);
            }
        } catch (IllegalArgumentException malformed) {
            // as wrong as one of another length
        }
        throw new Problem(INVALID_REQUEST, "cursor is none that this service gave; take 'next' as it is.");
    }

    private static long name(Object list) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(list.toString().getBytes(UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
