package io.reliablemessage.service.platform.groupcommit;

import io.reliablemessage.service.platform.problem.Problem;

/**
 * What became of one request of a batch.
 *
 * @param <R> what the lane answers
 */
public sealed interface Result<R> {

    /** Written, and committed. */
    record Done<R>(R value) implements Result<R> {}

    /** Not written, or nobody knows. */
    record Failed<R>(Problem problem) implements Result<R> {}

    default R orThrow() {
        return switch (this) {
            case Done<R>(var value) -> value;
            case Failed<R>(var problem) -> throw problem;
        };
    }
}
