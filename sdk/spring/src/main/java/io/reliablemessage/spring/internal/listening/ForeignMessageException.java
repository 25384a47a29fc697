package io.reliablemessage.spring.internal.listening;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Something else than the service has put a message into the queue of a subscription. */
final class ForeignMessageException extends Exception {

    private static final int MAX_QUOTED = 100;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** @param quoted of unknown origin, and on its way to a log */
    ForeignMessageException(String reason, @Nullable String quoted) {
        super(reason + " " + printable(quoted));
    }

    private static String printable(@Nullable String quoted) {
        if (quoted == null) {
            return "none";
        }
        var line = CONTROL.matcher(quoted).replaceAll("?");
        return line.length() > MAX_QUOTED ? line.substring(0, MAX_QUOTED) + "…" : line;
    }
}
