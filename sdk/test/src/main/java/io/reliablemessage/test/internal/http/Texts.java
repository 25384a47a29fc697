package io.reliablemessage.test.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks texts and names as the service does, so that they pass unchanged through tables, logs and broker frames. */
public final class Texts {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern BREAKING =
            Pattern.compile("[\\p{Cc}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]+");
    private static final Pattern MISLEADING = Pattern.compile("[\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");
    // The last ones are letters, marks and symbols that show nothing.
    private static final Pattern VISIBLE = Pattern.compile("[^\\p{Z}\\p{Cc}\\p{Cf}\\u115f\\u1160\\u2800\\u3164\\uffa0"
            + "\\u034f\\u17b4\\u17b5\\u180b-\\u180f\\ufe00-\\ufe0f\\ufff0-\\ufff8\\x{1d159}\\x{e0000}-\\x{e0fff}]");
    private static final Set<String> ACTORS = Set.of("service", "check-back");
    private static final String OWN_TOPICS = "reliable-message.";

    private Texts() {}

    public static String utf8(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    public static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    public static void requireUtf8(byte[] body) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException otherwise) {
            throw Problem.malformed("The body is not UTF-8.");
        }
    }

    /** The name of an application, a topic or a subscription. */
    public static String name(String member, @Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw Problem.invalid(
                    member + " takes 1 to 100 letters, digits, '.', '_' and '-', starting with a letter or digit.");
        }
        return name;
    }

    /** The same, and it does not look like one of the service's own. */
    public static String unreservedName(String member, @Nullable String name) {
        var checked = name(member, name);
        var lower = checked.toLowerCase(Locale.ROOT);
        Problem.require(
                !ACTORS.contains(lower) && !lower.startsWith(OWN_TOPICS),
                "%s '%s' is reserved for the service itself.".formatted(member, checked));
        return checked;
    }

    public static boolean isWellFormed(String text) {
        return UTF_8.newEncoder().canEncode(text);
    }

    /** Refuses half of a surrogate pair, which UTF-8 cannot say. */
    public static String wellFormed(String member, String text) {
        Problem.require(isWellFormed(text), member + " contains half of a surrogate pair, which is no character.");
        return text;
    }

    /** Refuses what is longer in UTF-8, has control characters, or is no text at all. */
    public static String plain(String member, String text, int longest) {
        wellFormed(member, text);
        Problem.require(
                text.chars().noneMatch(Character::isISOControl), member + " must not contain control characters.");
        Problem.require(
                bytes(text) <= longest,
                "%s has %d bytes, at most %d are accepted.".formatted(member, bytes(text), longest));
        return text;
    }

    /** The same, and it must be there. */
    public static String required(String member, @Nullable String text, int longest) {
        if (text == null || text.isEmpty()) {
            throw Problem.invalid(member + " is missing.");
        }
        return plain(member, text, longest);
    }

    /** Refuses what people do not see as one line, or that is too long. */
    public static String visible(String member, String text, int longest) {
        Problem.require(
                isVisible(plain(member, text, longest)),
                member + " must be text that can be seen, without line separators and marks of direction.");
        return text;
    }

    /** Whether people see it, as one line, in the order of its characters. */
    public static boolean isVisible(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                && !MISLEADING.matcher(text).find()
                && VISIBLE.matcher(text).find();
    }

    public static String oneLine(String text) {
        return BREAKING.matcher(text).replaceAll(" ");
    }
}
