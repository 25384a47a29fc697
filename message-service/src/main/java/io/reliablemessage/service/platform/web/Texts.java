package io.reliablemessage.service.platform.web;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.platform.problem.Problem;

/** Checks texts so that they pass unchanged through tables, logs and broker frames. */
public final class Texts {

    private Texts() {}

    /** Refuses what is longer in UTF-8, has control characters, or is no text at all. */
    public static String plain(String member, String text, long longest) {
        wellFormed(member, text);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Problem(INVALID_REQUEST, member + " must not contain control characters.");
        }
        var length = text.getBytes(UTF_8).length;
        if (length > longest) {
            throw new Problem(
                    INVALID_REQUEST, "%s has %d bytes, at most %d are accepted.".formatted(member, length, longest));
        }
        return text;
    }

    /** Refuses half of a surrogate pair, which UTF-8 cannot say. */
    public static String wellFormed(String member, String text) {
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw new Problem(INVALID_REQUEST, member + " contains half of a surrogate pair, which is no character.");
        }
        return text;
    }
}
