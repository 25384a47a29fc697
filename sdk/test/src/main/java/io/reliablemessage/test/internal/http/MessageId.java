package io.reliablemessage.test.internal.http;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A message's id: a UUIDv7, which contains its creation time. */
public record MessageId(UUID value) implements Comparable<MessageId> {

    public static final String FORM = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    private static final Pattern CANONICAL = Pattern.compile(FORM);
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int TIME_SHIFT = 16;

    /** The canonical form only; {@link UUID#fromString} would also take {@code 1-2-3-4-5}. */
    public static MessageId parsed(String member, @Nullable String text) {
        Problem.require(
                text != null && CANONICAL.matcher(text).matches(), member + " is not a UUID in its canonical form.");
        return new MessageId(UUID.fromString(text));
    }

    /** A new one of this time. */
    public static MessageId at(Instant now) {
        var random = ThreadLocalRandom.current();
        return new MessageId(new UUID(
                (now.toEpochMilli() << TIME_SHIFT) | VERSION_7 | (random.nextLong() & 0xfff),
                (random.nextLong() >>> 2) | VARIANT));
    }

    /** The smallest of an instant. */
    public static MessageId floor(Instant instant) {
        return new MessageId(new UUID(instant.toEpochMilli() << TIME_SHIFT, 0));
    }

    public Instant time() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> TIME_SHIFT);
    }

    public boolean isVersion7() {
        return value.version() == 7 && value.variant() == 2;
    }

    /** {@link UUID#compareTo} is signed. */
    @Override
    public int compareTo(MessageId other) {
        var high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
