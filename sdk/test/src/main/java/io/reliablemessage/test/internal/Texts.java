package io.reliablemessage.test.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks texts and names as the service does, so that they pass unchanged through tables, logs and broker frames. */
final class Texts {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern BREAKING =
            Pattern.compile("[\\p{Cc}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]+");
    private static final Pattern MISLEADING = Pattern.compile("[\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");
    // The last ones are letters and a symbol that look like blanks.
    private static final Pattern VISIBLE =
            Pattern.compile("[^\\p{Z}\\p{Cc}\\p{Cf}\\u115f\\u1160\\u2800\\u3164\\uffa0]");

    private Texts() {}

    static String utf8(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    static void requireUtf8(byte[] body) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException otherwise) {
            throw Problem.malformed("The body is not UTF-8.");
        }
    }

    /** The name of an application, a topic or a subscription. */
    static String name(String member, @Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw Problem.invalid(
                    member + " takes 1 to 100 letters, digits, '.', '_' and '-', starting with a letter or digit.");
        }
        return name;
    }

    static boolean isWellFormed(String text) {
        return UTF_8.newEncoder().canEncode(text);
    }

    /** Refuses half of a surrogate pair, which UTF-8 cannot say. */
    static String wellFormed(String member, String text) {
        Problem.require(isWellFormed(text), member + " contains half of a surrogate pair, which is no character.");
        return text;
    }

    /** Refuses what is longer in UTF-8, has control characters, or is no text at all. */
    static String plain(String member, String text, int longest) {
        wellFormed(member, text);
        Problem.require(
                text.chars().noneMatch(Character::isISOControl), member + " must not contain control characters.");
        Problem.require(
                bytes(text) <= longest,
                "%s has %d bytes, at most %d are accepted.".formatted(member, bytes(text), longest));
        return text;
    }

    /** The same, and it must be there. */
    static String required(String member, @Nullable String text, int longest) {
        if (text == null || text.isEmpty()) {
            throw Problem.invalid(member + " is missing.");
        }
        return plain(member, text, longest);
    }

    /** Whether people see it, as one line, in the order of its characters. */
    static boolean isVisible(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                && !MISLEADING.matcher(text).find()
                && VISIBLE.matcher(text).find();
    }

    static String oneLine(String text) {
        return BREAKING.matcher(text).replaceAll(" ");
    }
}
