package io.reliablemessage.spring.internal.check;

import io.reliablemessage.spring.ProducerListener;
import io.reliablemessage.spring.internal.fence.Fence;
import io.reliablemessage.spring.internal.fence.Ruling;
import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.StoreCalls;
import io.reliablemessage.spring.internal.store.Stores;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about the messages of check-backs, each in the store that it names. Those that come while four are being
 * answered are {@code UNKNOWN} at once: they would only wait for the same databases. Thread-safe.
 */
public final class CheckDecisions {

    private static final Logger LOG = LoggerFactory.getLogger(CheckDecisions.class);

    // The service waits for five seconds.
    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final int MAX_AT_A_TIME = 4;

    private final StoreCalls calls = new StoreCalls("reliable-message-check-");
    private final Semaphore permits = new Semaphore(MAX_AT_A_TIME);
    private final Fence fence = new Fence();
    private final Stores stores;
    private final ProducerListener listener;

    public CheckDecisions(Stores stores, ProducerListener listener) {
        this.stores = stores;
        this.listener = listener;
    }

    /** One for each question, in order, within four seconds. */
    public List<Decided> decide(List<Question> questions) {
        var deadline = Deadline.in(LIMIT);
        var decisions = permits.tryAcquire() ? decideNow(questions, deadline) : decideNothing(questions);
        for (var i = 0; i < questions.size(); i++) {
            report(questions.get(i), decisions.get(i).ruling());
        }
        return decisions;
    }

    private static List<Decided> decideNothing(List<Question> questions) {
        var busy = Ruling.unknown(MAX_AT_A_TIME + " other check-backs are being answered");
        return questions.stream()
                .map(question -> new Decided(question.id(), busy))
                .toList();
    }

    private List<Decided> decideNow(List<Question> questions, Deadline deadline) {
        try {
            var started = byStore(questions).entrySet().stream()
                    .map(entry -> StoreQuestions.start(entry.getKey(), entry.getValue(), calls))
                    .toList();
            var rulings = new HashMap<String, Map<UUID, Ruling>>();
            started.forEach(one -> rulings.put(one.store().id(), one.decide(fence, deadline)));
            return questions.stream()
                    .map(question -> new Decided(question.id(), ruling(question, rulings)))
                    .toList();
        } finally {
            permits.release();
        }
    }

    private Map<Store, Set<UUID>> byStore(List<Question> questions) {
        var byStore = new LinkedHashMap<Store, Set<UUID>>();
        for (var question : questions) {
            var store = Optional.ofNullable(question.checkRef()).flatMap(stores::byId);
            var id = question.messageId();
            if (store.isPresent() && id.isPresent()) {
                byStore.computeIfAbsent(store.get(), key -> new LinkedHashSet<>())
                        .add(id.get());
            }
        }
        return byStore;
    }

    private static Ruling ruling(Question question, Map<String, Map<UUID, Ruling>> rulings) {
        if (question.checkRef() == null) {
            return Ruling.unknown("the message names no store");
        }
        var ofStore = rulings.get(question.checkRef());
        return question.messageId()
                .map(id -> ofStore == null
                        ? Ruling.unknown("there is no store " + question.checkRef())
                        : ofStore.getOrDefault(id, Ruling.unknown("the store was found only now")))
                .orElseGet(() -> Ruling.unknown("the id is no UUID"));
    }

    private void report(Question question, Ruling ruling) {
        if (question.isProbe()) {
            return; // about no message, hourly
        }
        try {
            listener.checked(question.id(), ruling.decision(), ruling.reason());
        } catch (RuntimeException e) {
            LOG.error("A ProducerListener failed", e);
        }
    }
}
