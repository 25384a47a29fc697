package io.reliablemessage.service.publishing;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the broker's answers to numbered sends of one queue. Thread-safe. */
public final class RecordedAnswers implements BrokerChannel.Listener {

    public enum Answer {
        NONE,
        CONFIRMED,
        FAILED,
        TWO
    }

    private final TreeMap<Long, Answer> answers = new TreeMap<>();
    private final Map<Long, String> messages = new TreeMap<>();
    private @Nullable String returned;

    synchronized void sent(String message) {
        var number = answers.size() + 1L;
        answers.put(number, Answer.NONE);
        messages.put(number, message);
    }

    synchronized Answer of(long number) {
        return answers.getOrDefault(number, Answer.NONE);
    }

    synchronized long count(Answer answer) {
        return answers.values().stream().filter(answer::equals).count();
    }

    @Override
    public synchronized void confirmed(long number, boolean upTo) {
        var isReturned = messages.getOrDefault(number, "").equals(returned);
        answer(number, upTo, isReturned ? Answer.FAILED : Answer.CONFIRMED);
    }

    @Override
    public synchronized void refused(long number, boolean upTo) {
        answer(number, upTo, Answer.FAILED);
    }

    @Override
    public synchronized void returned(String messageId, String queue, String reason) {
        returned = messageId;
    }

    private void answer(long number, boolean upTo, Answer answer) {
        if (upTo) {
            answers.headMap(number, false).replaceAll((earlier, before) -> before == Answer.NONE ? answer : before);
        }
        answers.compute(number, (same, before) -> before == Answer.NONE ? answer : Answer.TWO);
    }
}
