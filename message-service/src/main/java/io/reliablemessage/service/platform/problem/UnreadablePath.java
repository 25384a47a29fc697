package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains why a path is refused that could be read in two ways. */
public final class UnreadablePath {

    static final String DETAIL =
            "The path is refused: it takes percent-encoded UTF-8 without ';', '\\', '//', '/./', '/../',"
                    + " encoded slashes (%2F, %5C), encoded percent signs (%25) and control characters.";

    /** What Tomcat refuses: encoded slashes and controls, what is not UTF-8, and broken encoding. */
    private static final Pattern REFUSED = Pattern.compile("(?i)%(2f|5c|[01][0-9a-f]|[89a-f][0-9a-f]|(?![0-9a-f]{2}))");

    private UnreadablePath() {}

    public static Problem problem(Exception refusal) {
        return new Problem(MALFORMED_REQUEST, DETAIL, refusal);
    }

    /** Whether Tomcat has refused a request for its path. */
    static boolean isRefused(@Nullable String path) {
        return path != null && REFUSED.matcher(path).find();
    }
}
