package io.reliablemessage.service.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** A message's id: a UUIDv7, which contains its creation time and so its day's partition. */
public record MessageId(UUID value) implements Comparable<MessageId> {

    /** The canonical form only; {@link UUID#fromString} would also take {@code 1-2-3-4-5}. */
    public static final String FORM = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    /** The smallest id of a range. */
    public static final MessageId FIRST = floor(Instant.EPOCH);

    /** All ids are smaller. */
    public static final MessageId BEYOND_ALL = new MessageId(new UUID(-1, -1));

    private static final Pattern CANONICAL = Pattern.compile(FORM);

    public static MessageId of(String text) {
        if (!CANONICAL.matcher(text).matches()) {
            throw new IllegalArgumentException("not a UUID in its canonical form");
        }
        return new MessageId(UUID.fromString(text));
    }

    /** The smallest of an instant, which is between 1970 and 10889; {@code uuid_floor} says the same in SQL. */
    public static MessageId floor(Instant instant) {
        return new MessageId(new UUID(instant.toEpochMilli() << 16, 0));
    }

    /** The creation time it contains. */
    public Instant time() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
    }

    /** Whether it can be a message's id. */
    public boolean isVersion7() {
        return value.version() == 7 && value.variant() == 2;
    }

    /** The order in which PostgreSQL sorts them: {@link UUID#compareTo} is signed. */
    @Override
    public int compareTo(MessageId other) {
        var high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
