package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static io.reliablemessage.api.CheckbackDecision.UNKNOWN;
import static java.util.stream.Collectors.toSet;

import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.service.model.MessageId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A producer's answer for each message of a check-back; {@code UNKNOWN} unless it clearly says otherwise.
 *
 * @param disbelieved messages that are called rolled back, which is not believed, and why
 * @param unclear messages about which something is said that is no decision, and why
 * @param failure why there is no answer at all; null: there is an answer
 */
record Answers(
        SortedMap<MessageId, CheckbackDecision> decisions,
        Map<MessageId, String> disbelieved,
        Map<MessageId, String> unclear,
        @Nullable String failure) {

    private static final String NAMES_NONE = "names none of the messages asked about";
    private static final String NO_DECISION = "not COMMITTED, ROLLED_BACK or UNKNOWN";
    private static final String CONTRADICTION = "contradicts itself";

    /** The body, as far as it is read; an unknown name makes it unreadable. */
    record Body(@Nullable List<@Nullable Item> decisions) {
        /** @param store the store that was read */
        record Item(
                @Nullable String id,
                @Nullable String decision,
                @Nullable String store) {}
    }

    /** No answer about any message. */
    static Answers none(Collection<AskedMessage> asked, String failure) {
        return new Answers(all(asked), Map.of(), Map.of(), failure);
    }

    /** Keeps the answers about the messages asked for, and ignores others. */
    static Answers of(Collection<AskedMessage> asked, List<Body.@Nullable Item> items) {
        var given = new HashMap<MessageId, List<Body.Item>>();
        for (var item : items) {
            idOf(item)
                    .ifPresent(id -> given.computeIfAbsent(id, first -> new ArrayList<>())
                            .add(item));
        }
        if (!items.isEmpty() && asked.stream().noneMatch(message -> given.containsKey(message.id()))) {
            return none(asked, NAMES_NONE); // else it would look like an honest UNKNOWN for ever
        }
        var decisions = new TreeMap<MessageId, CheckbackDecision>();
        var disbelieved = new HashMap<MessageId, String>();
        var unclear = new HashMap<MessageId, String>();
        for (var message : asked) {
            var answers = given.getOrDefault(message.id(), List.of());
            var why = unclear(answers);
            var decision = why.isPresent() || answers.isEmpty()
                    ? UNKNOWN
                    : decision(answers.getFirst()).orElseThrow();
            var doubt = decision == ROLLED_BACK ? doubt(message, answers) : Optional.<String>empty();
            why.ifPresent(reason -> unclear.put(message.id(), reason));
            doubt.ifPresent(reason -> disbelieved.put(message.id(), reason));
            decisions.put(message.id(), doubt.isPresent() ? UNKNOWN : decision);
        }
        return new Answers(decisions, disbelieved, unclear, null);
    }

    private static Optional<String> doubt(AskedMessage message, List<Body.Item> answers) {
        return answers.stream()
                .map(item -> message.doubt(item.store()))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Why answers about one message are none. */
    private static Optional<String> unclear(List<Body.Item> answers) {
        var decisions = answers.stream().map(Answers::decision).collect(toSet());
        if (decisions.contains(Optional.<CheckbackDecision>empty())) {
            return Optional.of(NO_DECISION);
        }
        return decisions.size() > 1 ? Optional.of(CONTRADICTION) : Optional.empty();
    }

    /** In capitals it is the same. */
    private static Optional<MessageId> idOf(Body.@Nullable Item item) {
        try {
            return item == null || item.id() == null ? Optional.empty() : Optional.of(MessageId.of(item.id()));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static Optional<CheckbackDecision> decision(Body.Item item) {
        return Arrays.stream(CheckbackDecision.values())
                .filter(decision -> decision.name().equals(item.decision()))
                .findFirst();
    }

    private static SortedMap<MessageId, CheckbackDecision> all(Collection<AskedMessage> asked) {
        var all = new TreeMap<MessageId, CheckbackDecision>();
        asked.forEach(message -> all.put(message.id(), UNKNOWN));
        return all;
    }

    boolean isFailure() {
        return failure != null;
    }

    /** As the ledger and the timeline store it. */
    SortedMap<MessageId, String> texts() {
        return texts(Map.copyOf(decisions));
    }

    /** The same for those that were decided. */
    SortedMap<MessageId, String> verdictTexts() {
        var verdicts = new HashMap<>(decisions);
        verdicts.values().removeIf(decision -> decision == UNKNOWN);
        return texts(verdicts);
    }

    private SortedMap<MessageId, String> texts(Map<MessageId, CheckbackDecision> of) {
        var texts = new TreeMap<MessageId, String>();
        of.forEach((id, decision) -> {
            var remark = disbelieved.getOrDefault(id, unclear.getOrDefault(id, failure));
            texts.put(id, remark == null ? decision.name() : "%s (%s)".formatted(decision.name(), remark));
        });
        return texts;
    }
}
