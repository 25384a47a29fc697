package io.reliablemessage.service.platform.problem;

import java.util.regex.Pattern;

/** Puts foreign text on one line. */
public final class OneLine {

    /** Controls, separators of lines, and marks of direction. */
    private static final Pattern BREAKING =
            Pattern.compile("[\\p{Cc}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]+");

    private OneLine() {}

    public static String of(String text) {
        return BREAKING.matcher(text).replaceAll(" ");
    }

    /** @param longest so many characters, then it is cut */
    public static String of(String text, int longest) {
        var line = of(text);
        return line.codePointCount(0, line.length()) <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest)) + "…";
    }
}
