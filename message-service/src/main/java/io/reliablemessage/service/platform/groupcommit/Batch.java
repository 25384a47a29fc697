package io.reliablemessage.service.platform.groupcommit;

import io.reliablemessage.service.platform.database.SqlState;
import io.reliablemessage.service.platform.problem.Failures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes requests together, and separately if one of them makes the statement fail. */
final class Batch {

    private static final Logger log = LoggerFactory.getLogger(Batch.class);
    private static final int MAX_REPEATS = 3;
    private static final Duration MAX_PAUSE = Duration.ofMillis(20);

    private Batch() {}

    static <Q, R> List<CallResult<R>> write(List<Q> requests, GroupCommit.Writer<Q, R> writer) {
        for (var repeats = 0; ; repeats++) {
            try {
                return writer.write(requests).stream()
                        .<CallResult<R>>map(CallResult.Done::new)
                        .toList();
            } catch (RuntimeException failure) {
                var state = SqlState.of(failure);
                if (state.blamesARequest() && requests.size() > 1) {
                    return halve(requests, writer);
                }
                if (!state.isRolledBackByChance() || repeats == MAX_REPEATS) {
                    return Collections.nCopies(requests.size(), new CallResult.Failed<>(Failures.explain(failure)));
                }
                log.atDebug()
                        .addKeyValue("requests", requests.size())
                        .setCause(failure)
                        .log("batch rolled back, tried again");
                pause();
            }
        }
    }

    private static <Q, R> List<CallResult<R>> halve(List<Q> requests, GroupCommit.Writer<Q, R> writer) {
        var middle = requests.size() / 2;
        var results = new ArrayList<>(write(requests.subList(0, middle), writer));
        results.addAll(write(requests.subList(middle, requests.size()), writer));
        return results;
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, MAX_PAUSE.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
