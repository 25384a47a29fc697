package io.reliablemessage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Texts of so many bytes. */
final class Bytes {

    private Bytes() {}

    /** So many bytes of a character, and of single bytes where it does not fit any more. */
    static String of(String character, int bytes) {
        var width = character.getBytes(UTF_8).length;
        return "x".repeat(bytes % width) + character.repeat(bytes / width);
    }
}
