package io.reliablemessage.test.internal.messages;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.http.MessageId;
import io.reliablemessage.test.internal.messages.HalfMessage.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message of the ledger. Guarded by {@link Guard}. */
public final class StoredMessage {

    private static final int SUSPECT_AFTER_CHECKS = 15;
    private static final Duration SUSPECT_AFTER = Duration.ofMinutes(30);

    public final MessageId id;
    public final String producer;
    public final Content content;
    final byte[] contentHash;
    final Instant createdAt;
    final @Nullable Instant deliverAt;
    public final @Nullable String checkRef;
    final Instant decisionDueAt;
    public final Map<String, StoredDelivery> deliveries = new TreeMap<>();
    final List<Event> events = new ArrayList<>();
    Decision decision = Decision.PENDING_CONFIRM;

    @Nullable
    Instant decidedAt;

    @Nullable
    String decidedBy;

    public int checkAttempts;

    public @Nullable Instant checkDueAt;

    public @Nullable String checkAnswer;

    StoredMessage(MessageId id, HalfMessage half, Instant now, @Nullable Instant deliverAt, Instant decisionDueAt) {
        this.id = id;
        this.producer = half.producer();
        this.content = half.content();
        this.contentHash = half.contentHash();
        this.createdAt = now;
        this.deliverAt = deliverAt;
        this.checkRef = half.timing().checkRef();
        this.decisionDueAt = decisionDueAt;
        this.checkDueAt = decisionDueAt;
        record(now, "PREPARED", null, producer, null);
    }

    /** A line of the timeline. */
    record Event(
            Instant at,
            String kind,
            @Nullable String subscription,
            String actor,
            @Nullable String detail) {}

    public void record(Instant at, String kind, @Nullable String subscription, String actor, @Nullable String detail) {
        events.add(new Event(at, kind, subscription, actor, detail));
    }

    void decide(Decision decided, String actor, Instant now) {
        decision = decided;
        decidedAt = now;
        decidedBy = actor;
        checkDueAt = null;
        record(now, decided.name(), null, actor, null);
    }

    /** Takes the decision back, and with it the deliveries. */
    void reopen() {
        decision = Decision.PENDING_CONFIRM;
        decidedAt = null;
        decidedBy = null;
        deliveries.clear();
    }

    public boolean isPending() {
        return decision == Decision.PENDING_CONFIRM;
    }

    boolean isSuspect(Instant now) {
        return isPending()
                && (checkAttempts >= SUSPECT_AFTER_CHECKS || decisionDueAt.isBefore(now.minus(SUSPECT_AFTER)));
    }

    /** Undecided, or with deliveries that are open or dead: it is never dropped. */
    boolean isLive() {
        return isPending()
                || deliveries.values().stream()
                        .anyMatch(one -> one.state == DeliveryState.SENDING || one.state == DeliveryState.DEAD);
    }

    MessageState shown() {
        return shown(deliveries.values());
    }

    /** The decision, then the worst of these deliveries. */
    MessageState shown(Collection<StoredDelivery> visible) {
        return decision == Decision.CONFIRMED
                ? visible.stream()
                        .map(delivery -> MessageState.valueOf(delivery.state.name()))
                        .min(Enum::compareTo)
                        .orElse(MessageState.SENDING)
                : MessageState.valueOf(decision.name());
    }
}
