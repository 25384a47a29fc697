package io.reliablemessage.client.internal;

import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ClientSettings.Coalescing;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The bounded queue of a batcher's waiting calls. To be used under the batcher's lock. */
final class PendingCalls<T> {

    private static final int BRACKETS = 2;

    private final Coalescing limits;
    private final URI url;
    private final Set<PendingCall<T>> calls = new LinkedHashSet<>(); // a caller that gives up leaves from the middle
    private long bytes;

    PendingCalls(ClientSettings settings) {
        limits = settings.coalescing();
        url = settings.url();
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    int size() {
        return calls.size();
    }

    /** Returns false if there is no room. */
    boolean add(PendingCall<T> call) {
        var weight = call.item().weight();
        var isFull = calls.size() == limits.waitingItems() || bytes + weight > limits.waitingBytes();
        if (isFull && !calls.isEmpty()) {
            return false;
        }
        bytes += weight;
        return calls.add(call);
    }

    /** Returns false if it is not in the queue any more. */
    boolean remove(PendingCall<T> call) {
        var isThere = calls.remove(call);
        bytes -= isThere ? call.item().weight() : 0;
        return isThere;
    }

    /** Takes the next batch, and ends what is overdue; empty if no call waits. */
    List<PendingCall<T>> takeBatch() {
        var batch = new ArrayList<PendingCall<T>>();
        long room = limits.batchBytes() - BRACKETS;
        for (var all = calls.iterator(); all.hasNext() && batch.size() < mostItems(); ) {
            var next = all.next();
            var weight = next.item().weight();
            if (weight > room && !batch.isEmpty()) {
                break;
            }
            all.remove();
            bytes -= weight;
            if (next.isAlive()) {
                batch.add(next);
                room -= weight;
            } else {
                next.end(Outcome.notSent("timed out", url));
            }
        }
        return batch;
    }

    /** Takes calls that have waited too long. */
    List<PendingCall<T>> takeOverdue() {
        var overdue = calls.stream().filter(PendingCall::isOverdue).toList();
        overdue.forEach(this::remove);
        return overdue;
    }

    List<PendingCall<T>> takeAll() {
        var all = List.copyOf(calls);
        calls.clear();
        bytes = 0;
        return all;
    }

    /** Splits calls into as few requests as their limits allow. */
    static <T> List<List<PendingCall<T>>> split(List<PendingCall<T>> calls, Coalescing limits) {
        var batches = new ArrayList<List<PendingCall<T>>>();
        var batch = new ArrayList<PendingCall<T>>();
        var room = limits.batchBytes() - BRACKETS;
        for (var call : calls) {
            var weight = call.item().weight();
            if (!batch.isEmpty() && (batch.size() == limits.batchItems() || weight > room)) {
                batches.add(batch);
                batch = new ArrayList<>();
                room = limits.batchBytes() - BRACKETS;
            }
            batch.add(call);
            room -= weight;
        }
        batches.add(batch);
        return batches;
    }

    private int mostItems() {
        return limits.enabled() ? limits.batchItems() : 1;
    }
}
