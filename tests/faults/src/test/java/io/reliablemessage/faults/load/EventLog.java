package io.reliablemessage.faults.load;

import io.reliablemessage.client.MessageProblemException;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** The plans and answers of all callers. */
public final class EventLog {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> unclear = new ConcurrentSkipListMap<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final LongAdder confirmed = new LongAdder();

    Entry write(Entry entry) {
        entries.put(entry.id(), entry);
        return entry;
    }

    void confirmed() {
        confirmed.increment();
    }

    public void unclear(int status) {
        unclear.computeIfAbsent(status, unseen -> new LongAdder()).increment();
    }

    void surprise(MessageProblemException answer) {
        surprises.add(answer.getMessage());
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /** How many callers know that their message is confirmed. */
    public long confirmedSoFar() {
        return confirmed.sum();
    }

    /** How often each status left the outcome unknown; 0: no answer. */
    public Map<Integer, LongAdder> unclear() {
        return unclear;
    }

    /** Answers that a caller who only repeats calls must never get. */
    Collection<String> surprises() {
        return surprises;
    }
}
