package io.reliablemessage.service.platform.groupcommit;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.service.platform.database.SqlState;
import io.reliablemessage.service.platform.problem.Failures;
import io.reliablemessage.service.platform.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests together until each has a result. A request that another one of the batch kept from being written has
 * its turn in the next round.
 */
final class Batch<Q, R> {

    private static final int MIN_ROUNDS = 2;

    private final BatchAttempt<Q, R> attempt;

    Batch(GroupCommit.Writer<Q, R> writer, LockedRequests<Q> locked, HastyTransactions hasty) {
        this.attempt = new BatchAttempt<>(writer, locked, hasty);
    }

    List<CallResult<R>> write(List<Q> requests) {
        var results = attempt.write(requests);
        var isProgress = true;
        for (var round = 1; results.contains(null) && (round < MIN_ROUNDS || isProgress); round++) {
            var open = IntStream.range(0, requests.size())
                    .filter(i -> results.get(i) == null)
                    .boxed()
                    .toList();
            var written = attempt.write(open.stream().map(requests::get).toList());
            for (var i = 0; i < open.size(); i++) {
                results.set(open.get(i), written.get(i));
            }
            isProgress = written.stream().anyMatch(Objects::nonNull);
        }
        return results.stream().map(Batch::orUnsettled).toList();
    }

    private static <R> CallResult<R> orUnsettled(@Nullable CallResult<R> result) {
        return Objects.requireNonNullElseGet(
                result,
                () -> new CallResult.Failed<>(new Problem(
                        UNAVAILABLE, "Others are changing it at this moment; nothing was done. Repeat the call.")));
    }

    static <R> List<@Nullable CallResult<R>> failed(int requests, Problem problem) {
        return new ArrayList<>(Collections.nCopies(requests, new CallResult.Failed<R>(problem)));
    }

    static Problem explain(RuntimeException failure) {
        return SqlState.of(failure).isLocked() ? LockedRequests.refusal() : Failures.explain(failure);
    }
}
