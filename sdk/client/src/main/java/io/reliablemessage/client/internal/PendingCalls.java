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

    /** Takes calls that have waited too long. All have the same limit, so these come first. */
    List<PendingCall<T>> takeOverdue() {
        var overdue = calls.stream().takeWhile(PendingCall::isOverdue).toList();
        overdue.forEach(this::remove);
        return overdue;
    }

    List<PendingCall<T>> takeAll() {
        var all = List.copyOf(calls);
        calls.clear();
        bytes = 0;
        return all;
    }

    private int mostItems() {
        return limits.enabled() ? limits.batchItems() : 1;
    }
}
