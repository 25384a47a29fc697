package io.reliablemessage.service.platform.groupcommit;

import io.reliablemessage.service.platform.problem.Problem;

/**
 * What became of one request of a batch.
 *
 * @param <R> what the group commit answers
 */
public sealed interface CallResult<R> {

    /** Written, and committed. */
    record Done<R>(R value) implements CallResult<R> {}

    /** Not written, or nobody knows. */
    record Failed<R>(Problem problem) implements CallResult<R> {}

    default R orThrow() {
        return switch (this) {
            case Done<R>(var value) -> value;
            case Failed<R>(var problem) -> throw problem;
        };
    }
}
