package io.reliablemessage.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Runs tasks at the same moment. */
public final class Parallel {

    private Parallel() {}

    public static <T> List<T> times(int count, Callable<T> work) {
        return all(java.util.Collections.nCopies(count, work));
    }

    public static <T> List<T> both(Callable<T> one, Callable<T> other) {
        return all(List.of(one, other));
    }

    public static <T> List<T> all(List<Callable<T>> works) {
        var barrier = new CyclicBarrier(works.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = works.stream()
                    .map(work -> threads.submit(() -> {
                        barrier.await();
                        return work.call();
                    }))
                    .toList();
            var results = new ArrayList<T>();
            for (var result : running) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
