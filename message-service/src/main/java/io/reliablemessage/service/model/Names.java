package io.reliablemessage.service.model;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.web.ReservedNames;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks names of applications, topics and subscriptions; the tables' CHECK constraints do the same. */
public final class Names {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private Names() {}

    public static String checked(String member, @Nullable String name) {
        require(
                name != null && PLAIN.matcher(name).matches(),
                member + " takes 1 to 100 letters, digits, '.', '_' and '-', starting with a letter or digit.");
        return Objects.requireNonNull(name);
    }

    /** The same, for a name that must not look like one of the service's own. */
    public static String unreserved(String member, @Nullable String name) {
        var checked = checked(member, name);
        require(
                !ReservedNames.contain(checked),
                "%s '%s' is reserved for the service itself.".formatted(member, checked));
        return checked;
    }

    /** Takes the id of the path, which the body may repeat. */
    public static MessageId sameId(MessageId path, @Nullable String body) {
        require(
                body == null || path.equals(new MessageId(id("id", body))),
                "The path and the body name different messages.");
        return path;
    }

    /** Takes a UUID in its canonical form. */
    public static UUID id(String member, @Nullable String id) {
        require(id != null, member + " is missing.");
        try {
            return MessageId.of(String.valueOf(id)).value();
        } catch (IllegalArgumentException malformed) {
            throw new Problem(INVALID_REQUEST, member + " is not a UUID in its canonical form.", malformed);
        }
    }

    public static void require(boolean holds, String rule) {
        if (!holds) {
            throw new Problem(INVALID_REQUEST, rule);
        }
    }
}
