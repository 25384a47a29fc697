package io.reliablemessage.faults.load;

import io.reliablemessage.client.MessageProblemException;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What all callers wanted and were told. */
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

    /** How often each status was the answer that left a caller in doubt; 0: there was none. */
    public Map<Integer, LongAdder> unclear() {
        return unclear;
    }

    /** Answers that nobody who only repeats himself should ever get. */
    Collection<String> surprises() {
        return surprises;
    }
}
