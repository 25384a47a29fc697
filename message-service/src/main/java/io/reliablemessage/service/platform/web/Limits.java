package io.reliablemessage.service.platform.web;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.service.platform.problem.Problem;
import org.jspecify.annotations.Nullable;

/** How many items a caller asks for. */
public final class Limits {

    private Limits() {}

    /** @param limit null: {@code usual} */
    public static int checked(@Nullable Integer limit, int usual, int most) {
        if (limit != null && (limit < 1 || limit > most)) {
            throw new Problem(INVALID_REQUEST, "limit takes 1 to %d.".formatted(most));
        }
        return limit == null ? usual : limit;
    }
}
