package io.reliablemessage.service.admin.common;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.web.Limits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks the parameters of a list. A form's empty field counts as left out. */
public final class QueryRules {

    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int MAX_PAGE_SIZE = 200;
    private static final int DEFAULT_PAGE_SIZE = 50;

    private QueryRules() {}

    public static int limit(@Nullable Integer limit) {
        return Limits.checked(limit, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
    }

    public static @Nullable String name(String member, @Nullable String name) {
        return name == null || name.isEmpty() ? null : Names.checked(member, name);
    }

    /** Refuses times that the database cannot compare with. */
    public static Instant within(String member, Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw new Problem(INVALID_REQUEST, member + " takes a time from 1970 to 9999.");
        }
        return time;
    }
}
