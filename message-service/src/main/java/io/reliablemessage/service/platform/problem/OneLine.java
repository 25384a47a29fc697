package io.reliablemessage.service.platform.problem;

/** Puts foreign text on one line. */
public final class OneLine {

    private OneLine() {}

    public static String of(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    /** @param longest so many characters, then it is cut */
    public static String of(String text, int longest) {
        var line = of(text);
        return line.codePointCount(0, line.length()) <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest)) + "…";
    }
}
