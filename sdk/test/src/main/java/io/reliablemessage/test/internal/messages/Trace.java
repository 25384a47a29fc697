package io.reliablemessage.test.internal.messages;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The W3C trace context a message was prepared in. */
public record Trace(@Nullable String parent, @Nullable String state) {

    private static final Trace NONE = new Trace(null, null);
    private static final Pattern PARENT = Pattern.compile(
            "(?!ff)(?!00.{54})[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final int MAX_PARENT_LENGTH = 128;
    private static final int MAX_STATE_LENGTH = 512;

    /** Takes valid values; invalid ones are ignored and never fail a call. */
    public static Trace of(@Nullable String parent, @Nullable String state) {
        if (parent == null
                || parent.length() > MAX_PARENT_LENGTH
                || !PARENT.matcher(parent).matches()) {
            return NONE;
        }
        var keepsState = state != null
                && state.length() <= MAX_STATE_LENGTH
                && state.chars().noneMatch(Character::isISOControl);
        return new Trace(parent, keepsState ? state : null);
    }
}
