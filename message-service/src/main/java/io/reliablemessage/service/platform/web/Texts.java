package io.reliablemessage.service.platform.web;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.platform.problem.Problem;
import java.util.regex.Pattern;

/** Checks texts so that they pass unchanged through tables, logs and broker frames. */
public final class Texts {

    private static final int MAX_BYTES_PER_CHAR = 3;

    private static final Pattern MISLEADING = Pattern.compile("[\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

    // The last ones are letters, marks and symbols that show nothing.
    private static final Pattern VISIBLE = Pattern.compile("[^\\p{Z}\\p{Cc}\\p{Cf}\\u115f\\u1160\\u2800\\u3164\\uffa0"
            + "\\u034f\\u17b4\\u17b5\\u180b-\\u180f\\ufe00-\\ufe0f\\ufff0-\\ufff8\\x{1d159}\\x{e0000}-\\x{e0fff}]");

    private Texts() {}

    /** Refuses what is longer in UTF-8, has control characters, or is no text at all. */
    public static String plain(String member, String text, long longest) {
        wellFormed(member, text);
        if (hasControls(text)) {
            throw new Problem(INVALID_REQUEST, member + " must not contain control characters.");
        }
        if ((long) text.length() * MAX_BYTES_PER_CHAR <= longest) {
            return text;
        }
        var length = text.getBytes(UTF_8).length;
        if (length > longest) {
            throw new Problem(
                    INVALID_REQUEST, "%s has %d bytes, at most %d are accepted.".formatted(member, length, longest));
        }
        return text;
    }

    /** The same, and refuses text that people would not see, or would read in another order. */
    public static String visible(String member, String text, long longest) {
        plain(member, text, longest);
        if (!isVisible(text)) {
            throw new Problem(
                    INVALID_REQUEST,
                    member + " must be text that can be seen, without line separators and marks of direction.");
        }
        return text;
    }

    /** Whether people see it, as one line, in the order of its characters. */
    public static boolean isVisible(String text) {
        return isVisibleAscii(text)
                || !hasControls(text)
                        && !MISLEADING.matcher(text).find()
                        && VISIBLE.matcher(text).find();
    }

    /** Takes several lines, which become one. */
    public static String visibleLine(String member, String text, long longest) {
        return visible(member, text.replaceAll("[\\t\\r\\n]+", " ").strip(), longest);
    }

    /** Refuses half of a surrogate pair, which UTF-8 cannot say. */
    public static String wellFormed(String member, String text) {
        if (!isWellFormed(text)) {
            throw new Problem(INVALID_REQUEST, member + " contains half of a surrogate pair, which is no character.");
        }
        return text;
    }

    /** Whether it has no half of a surrogate pair. By hand, as what follows: these run for every text of every call. */
    public static boolean isWellFormed(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().noneMatch(Texts::isHalf);
            }
        }
        return true;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean hasControls(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** What nearly all texts are. False: look more closely. */
    private static boolean isVisibleAscii(String text) {
        var isBlank = true;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
            isBlank &= c == ' ';
        }
        return !isBlank;
    }
}
