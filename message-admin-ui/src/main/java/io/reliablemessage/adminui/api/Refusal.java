package io.reliablemessage.adminui.api;

import io.reliablemessage.api.ProblemType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service refused a call, with a problem as the reason. */
public final class Refusal extends RuntimeException {

    private final int status;
    private final transient @Nullable ProblemType type;

    Refusal(int status, @Nullable ProblemType type, String detail) {
        super(detail);
        this.status = status;
        this.type = type;
    }

    public int status() {
        return status;
    }

    public Optional<ProblemType> type() {
        return Optional.ofNullable(type);
    }

    /** The service's text. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
