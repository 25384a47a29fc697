package io.reliablemessage.adminui.api;

import io.reliablemessage.api.ProblemType;
import org.jspecify.annotations.Nullable;

/** What calls of the service may end in. */
public final class Outcomes {

    private Outcomes() {}

    public static Refusal refused(@Nullable ProblemType type, String detail) {
        return new Refusal(type == null ? 400 : type.status(), type, detail);
    }

    public static ServiceUnavailable unavailable(String why) {
        return new ServiceUnavailable(why);
    }
}
