package io.reliablemessage.benchmarks.measure;

import io.reliablemessage.benchmarks.http.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Counts successes and failures. Safe for any number of threads. */
public final class Counters {

    private static final int KEPT_FAILURES = 5;
    private static final int HOPELESS = 200;
    private static final int MAX_FAILURE_LENGTH = 300;

    public final AtomicLong begun = new AtomicLong();
    public final AtomicLong confirmed = new AtomicLong();
    public final AtomicLong acked = new AtomicLong();
    public final AtomicLong repeated = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    /** Counts an answer that is not a success, or holds an item that is none. */
    public boolean isSuccess(String call, Response response) {
        var isSuccess = response.isSuccess() && !response.body().contains("\"problem\"");
        if (!isSuccess) {
            failed("%s: %d %s".formatted(call, response.status(), response.body()));
        }
        return isSuccess;
    }

    public void failed(String what) {
        errors.incrementAndGet();
        if (failures.size() < KEPT_FAILURES) {
            failures.add(what.substring(0, Math.min(what.length(), MAX_FAILURE_LENGTH)));
        }
    }

    public long errors() {
        return errors.get();
    }

    public List<String> failures() {
        return failures;
    }

    /** Beyond, more load would only be noise. */
    public boolean isHopeless() {
        return errors.get() >= HOPELESS;
    }
}
