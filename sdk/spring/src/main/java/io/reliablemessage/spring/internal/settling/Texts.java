package io.reliablemessage.spring.internal.settling;

import java.util.regex.Pattern;

/** Texts of others, such as a service's problem, that every database can store. */
final class Texts {

    private static final int MAX_LENGTH = 1000;

    // Control characters, and halves of characters.
    private static final Pattern UNSTORABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]+");

    private Texts() {}

    static String storable(String text) {
        var length = Math.min(text.length(), MAX_LENGTH);
        var isCut = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
        return UNSTORABLE
                .matcher(text.substring(0, isCut ? length - 1 : length))
                .replaceAll(" ");
    }
}
