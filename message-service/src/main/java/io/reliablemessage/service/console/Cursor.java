package io.reliablemessage.service.console;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.message.MessageId;
import io.reliablemessage.service.message.Search;
import io.reliablemessage.service.platform.problem.Problem;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in what a search finds, and which search it was: in another one it would silently leave things out. It is not signed;
 * whoever makes one up skips messages.
 */
record Cursor(long search, MessageId place) {

    private static final int BYTES = 3 * Long.BYTES;

    static String text(Search search, MessageId place) {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(name(search))
                .putLong(place.value().getMostSignificantBits())
                .putLong(place.value().getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Goes on with a search where the cursor says. */
    static Search goOn(Search search, String text) {
        var cursor = parse(text);
        if (cursor.search != name(search)) {
            throw new Problem(INVALID_REQUEST, "cursor belongs to another search; leave it out to start this one.");
        }
        return search.before(cursor.place);
    }

    private static Cursor parse(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES) {
                return new Cursor(bytes.getLong(), new MessageId(new UUID(bytes.getLong(), bytes.getLong())));
            }
        } catch (IllegalArgumentException malformed) {
            // as wrong as one of another length
        }
        throw new Problem(INVALID_REQUEST, "cursor is none that this service gave; take 'next' as it is.");
    }

    private static long name(Search search) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(search.toString().getBytes(UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
