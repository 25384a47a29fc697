package io.reliablemessage.service.platform.groupcommit;

import io.reliablemessage.service.platform.problem.Problem;

/**
 * The result of one request of a batch.
 *
 * @param <R> the group commit's result
 */
public sealed interface CallResult<R> {

    /** Written, and committed. */
    record Done<R>(R value) implements CallResult<R> {}

    /** Not written, or unknown. */
    record Failed<R>(Problem problem) implements CallResult<R> {}

    default R orThrow() {
        return switch (this) {
            case Done<R>(var value) -> value;
            case Failed<R>(var problem) -> throw problem;
        };
    }
}
