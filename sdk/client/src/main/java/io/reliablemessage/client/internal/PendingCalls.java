package io.reliablemessage.client.internal;

import io.reliablemessage.client.ClientSettings.Coalescing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What waits on a line, first come, first served; bounded. To be used under the line's lock. */
final class PendingCalls<T> {

    private static final int BRACKETS = 2;

    private final Coalescing limits;
    private final Set<PendingCall<T>> tickets = new LinkedHashSet<>(); // a caller that gives up leaves from the middle
    private long bytes;

    PendingCalls(Coalescing limits) {
        this.limits = limits;
    }

    boolean isEmpty() {
        return tickets.isEmpty();
    }

    int size() {
        return tickets.size();
    }

    /** Returns false if there is no room. */
    boolean add(PendingCall<T> ticket) {
        var weight = ticket.item().weight();
        var isFull = tickets.size() == limits.waitingItems()
                || bytes + weight > limits.waitingBytes().toBytes();
        if (isFull && !tickets.isEmpty()) {
            return false;
        }
        bytes += weight;
        return tickets.add(ticket);
    }

    /** Returns false if it does not wait here any more. */
    boolean remove(PendingCall<T> ticket) {
        var isThere = tickets.remove(ticket);
        bytes -= isThere ? ticket.item().weight() : 0;
        return isThere;
    }

    /** Takes what goes out next; empty if nothing waits. */
    List<PendingCall<T>> takeBatch() {
        var batch = new ArrayList<PendingCall<T>>();
        long room = limits.batchBytes().toBytes() - BRACKETS;
        for (var all = tickets.iterator(); all.hasNext() && batch.size() < mostItems(); ) {
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
            }
        }
        return batch;
    }

    /** Takes those that have waited for too long. All may wait equally long, so they stand first. */
    List<PendingCall<T>> takeOverdue() {
        var overdue = tickets.stream().takeWhile(PendingCall::isOverdue).toList();
        overdue.forEach(this::remove);
        return overdue;
    }

    List<PendingCall<T>> takeAll() {
        var all = List.copyOf(tickets);
        tickets.clear();
        bytes = 0;
        return all;
    }

    private int mostItems() {
        return limits.enabled() ? limits.batchItems() : 1;
    }
}
