package io.reliablemessage.service.admin.common;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A position in a list, and which list: in another one it would silently skip entries. Not signed; a forged one only
 * skips entries.
 */
public final class Cursor {

    private Cursor() {}

    /**
     * Names the position behind an item.
     *
     * @param list contains all its filters in {@code toString}
     * @param place the item's members that the list is sorted by
     */
    public static String behind(Object list, Object... place) {
        var words = Arrays.stream(place).map(Object::toString).collect(joining("\n"));
        var text = words.getBytes(UTF_8);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(Long.BYTES + text.length)
                        .putLong(nameOf(list))
                        .put(text)
                        .array());
    }

    /**
     * Returns the position where a list continues; null: its start.
     *
     * @param place makes one of the members that were given to {@link #behind}; may throw what it likes
     */
    public static <T> @Nullable T read(Object list, @Nullable String cursor, Function<List<String>, T> place) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        var bytes = decoded(cursor);
        if (bytes.getLong() != nameOf(list)) {
            throw new Problem(INVALID_REQUEST, "cursor belongs to another list; leave it out to start this one.");
        }
        try {
            return place.apply(List.of(UTF_8.decode(bytes).toString().split("\n", -1)));
        } catch (RuntimeException malformed) {
            throw madeUp(malformed);
        }
    }

    private static ByteBuffer decoded(String cursor) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() > Long.BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            throw madeUp(malformed);
        }
        throw madeUp(null);
    }

    private static Problem madeUp(@Nullable RuntimeException cause) {
        return new Problem(INVALID_REQUEST, "cursor is not one of this service; use 'next' unchanged.", cause);
    }

    private static long nameOf(Object list) {
        return ByteBuffer.wrap(Sha256.digest().digest(list.toString().getBytes(UTF_8)))
                .getLong();
    }
}
