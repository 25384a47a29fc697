package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.CheckbackDecision.COMMITTED;
import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static io.reliablemessage.api.CheckbackDecision.UNKNOWN;

import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.service.model.MessageId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A producer's answer for each message of a check-back; {@code UNKNOWN} unless it clearly says otherwise.
 *
 * @param failure why there is no answer at all; null: there is an answer
 */
record Answers(
        SortedMap<MessageId, CheckbackDecision> decisions,
        @Nullable String failure) {

    private static final String NAMES_NONE = "names none of the messages asked about";

    /** The body, as far as it is read; an unknown name makes it unreadable. */
    record Body(@Nullable List<@Nullable Item> decisions) {
        record Item(@Nullable String id, @Nullable String decision) {}
    }

    /** No answer about any message. */
    static Answers none(Collection<MessageId> asked, String failure) {
        return new Answers(all(asked), failure);
    }

    /** Keeps the answers about the messages asked for, and ignores others. */
    static Answers of(Collection<MessageId> asked, List<Body.@Nullable Item> items) {
        var given = new HashMap<MessageId, CheckbackDecision>();
        for (var item : items) {
            idOf(item).ifPresent(id -> given.merge(
                    id, decision(item.decision()), (one, other) -> one == other ? one : UNKNOWN));
        }
        if (!items.isEmpty() && Collections.disjoint(asked, given.keySet())) {
            return none(asked, NAMES_NONE); // else it would look like an honest UNKNOWN for ever
        }
        var decisions = all(asked);
        decisions.replaceAll((id, unknown) -> given.getOrDefault(id, UNKNOWN));
        return new Answers(decisions, null);
    }

    /** In capitals it is the same. */
    private static Optional<MessageId> idOf(Body.@Nullable Item item) {
        try {
            return item == null || item.id() == null ? Optional.empty() : Optional.of(MessageId.of(item.id()));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static CheckbackDecision decision(@Nullable String text) {
        return switch (String.valueOf(text)) {
            case "COMMITTED" -> COMMITTED;
            case "ROLLED_BACK" -> ROLLED_BACK;
            default -> UNKNOWN;
        };
    }

    private static SortedMap<MessageId, CheckbackDecision> all(Collection<MessageId> asked) {
        var all = new TreeMap<MessageId, CheckbackDecision>();
        asked.forEach(id -> all.put(id, UNKNOWN));
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
        of.forEach((id, decision) ->
                texts.put(id, failure == null ? decision.name() : "%s (%s)".formatted(decision.name(), failure)));
        return texts;
    }
}
