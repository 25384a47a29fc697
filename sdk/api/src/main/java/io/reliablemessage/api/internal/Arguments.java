package io.reliablemessage.api.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Checks arguments where they are given: a mistake is an {@link IllegalArgumentException} that names the argument. */
public final class Arguments {

    public static final int MAX_ID = 36;
    public static final int MAX_NAME = 100;

    private static final int MAX_BYTES_PER_CHAR = 3;
    private static final String BASE64 = "base64";

    private Arguments() {}

    public static <T> T present(String name, @Nullable T value, String remedy) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is null: " + remedy);
        }
        return value;
    }

    public static String notBlank(String name, @Nullable String value, String remedy) {
        var text = present(name, value, remedy);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " is blank: " + remedy);
        }
        return text;
    }

    /** A text that must be there, of so many bytes of UTF-8 at most. */
    public static String text(String name, @Nullable String value, int maxBytes) {
        return limited(name, notBlank(name, value, "give a text"), maxBytes);
    }

    /** The same, but null leaves it out. */
    public static void optionalText(String name, @Nullable String value, int maxBytes) {
        if (value != null) {
            text(name, value, maxBytes);
        }
    }

    /** Refuses texts and bytes that could be stored as something else than they are. */
    public static void payload(@Nullable Object payload, @Nullable String payloadEncoding) {
        if ((payload instanceof CharSequence || payload instanceof char[]) && payloadEncoding == null) {
            throw new IllegalArgumentException("payload is a text, which could be JSON or not: if it is JSON, pass "
                    + "new RawJson(text), else set payloadEncoding to text or base64");
        }
        if ((payload instanceof byte[] || payload instanceof ByteBuffer) && !BASE64.equals(payloadEncoding)) {
            throw new IllegalArgumentException("payload is bytes: set payloadEncoding to base64, or, if they are JSON, "
                    + "pass new RawJson(text)");
        }
    }

    public static String limited(String name, String text, int maxBytes) {
        if (text.length() > maxBytes / MAX_BYTES_PER_CHAR && text.getBytes(UTF_8).length > maxBytes) {
            throw new IllegalArgumentException("%s has %d bytes of UTF-8: at most %d are accepted"
                    .formatted(name, text.getBytes(UTF_8).length, maxBytes));
        }
        return text;
    }
}
