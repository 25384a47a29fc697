package io.reliablemessage.client;

import java.util.Optional;

/**
 * The result of one call among several: either its value or the problem it ended with.
 *
 * @param problem what the call alone would have thrown
 */
public record CallResult<T>(Optional<T> value, Optional<MessageProblemException> problem) {

    public CallResult {
        if (value.isPresent() == problem.isPresent()) {
            throw new IllegalArgumentException("A call ends with a value or with a problem");
        }
    }

    public static <T> CallResult<T> of(T value) {
        return new CallResult<>(Optional.of(value), Optional.empty());
    }

    public static <T> CallResult<T> failed(MessageProblemException problem) {
        return new CallResult<>(Optional.empty(), Optional.of(problem));
    }
}
