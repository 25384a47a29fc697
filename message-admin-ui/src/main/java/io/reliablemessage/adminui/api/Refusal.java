package io.reliablemessage.adminui.api;

import io.reliablemessage.api.ProblemType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service answered that it will not, and why. */
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

    /** As the service says it. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
