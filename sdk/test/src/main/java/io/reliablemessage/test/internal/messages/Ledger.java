package io.reliablemessage.test.internal.messages;

import static io.reliablemessage.api.ProblemType.CONTENT_DIFFERS;
import static io.reliablemessage.api.ProblemType.ID_OUTSIDE_WINDOW;
import static io.reliablemessage.api.ProblemType.NO_SUBSCRIPTION;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.http.MessageId;
import io.reliablemessage.test.internal.http.Problem;
import io.reliablemessage.test.internal.registry.Registry;
import io.reliablemessage.test.internal.registry.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The messages, and the decisions about them. Guarded by {@link Guard}. */
public final class Ledger {

    static final Duration MAX_DELAY = Duration.ofDays(30);

    private static final Duration ACCEPT_WINDOW = Duration.ofDays(7);
    private static final Duration ACCEPT_AHEAD = Duration.ofMinutes(10);
    private static final Duration RETENTION = Duration.ofDays(30);

    private final Clock clock;
    private final Registry registry;
    private final Redelivery redelivery;
    private final Map<MessageId, StoredMessage> messages = new TreeMap<>();

    public Ledger(Clock clock, Registry registry, Redelivery redelivery) {
        this.clock = clock;
        this.registry = registry;
        this.redelivery = redelivery;
    }

    /** @param isNew whether it was stored by this call */
    public record Prepared(boolean isNew, MessageId id, MessageState state) {}

    public Prepared prepare(HalfMessage half) {
        return store(half, true);
    }

    /** Stores and confirms, also what was stored as a half message before. */
    public Prepared send(HalfMessage half) {
        var stored = store(half, false);
        return new Prepared(
                stored.isNew(), stored.id(), decide(stored.id(), half.producer(), Decision.CONFIRMED, half.producer()));
    }

    /** Confirms or cancels a message, and returns the state shown after it. */
    public MessageState decide(MessageId id, String application, Decision decision, String actor) {
        var message =
                find(id).filter(one -> one.producer.equals(application)).orElseThrow(() -> Problem.messageNotFound(id));
        if (message.isPending()) {
            if (decision == Decision.CONFIRMED) {
                requireSubscription(message);
            }
            message.decide(decision, actor, latest(clock.instant(), message.createdAt));
            if (decision == Decision.CONFIRMED) {
                redelivery.open(message, clock.instant());
            }
        } else if (message.decision != decision) {
            throw Problem.refused(
                    id,
                    decision.step(),
                    message.shown(),
                    "A decision is final; prepare a new message if it was a mistake.");
        }
        return message.shown();
    }

    public Optional<StoredMessage> find(MessageId id) {
        return Optional.ofNullable(messages.get(id));
    }

    public Collection<StoredMessage> all() {
        return messages.values();
    }

    public void clear() {
        messages.clear();
    }

    /** Forgets what was stored, decided, sent or answered later. */
    public void rewind(Instant to) {
        messages.values().removeIf(message -> message.createdAt.isAfter(to));
        var rewind = new Rewind(to, redelivery);
        messages.values().forEach(rewind::apply);
    }

    /** Drops the days that ended long ago and have nothing open. */
    public void dropOldDays() {
        var now = clock.instant();
        var days = messages.values().stream().collect(Collectors.groupingBy(message -> dayOf(message.id)));
        days.forEach((day, ofDay) -> {
            var end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (end.plus(RETENTION).isBefore(now) && ofDay.stream().noneMatch(StoredMessage::isLive)) {
                ofDay.forEach(message -> messages.remove(message.id));
            }
        });
    }

    private Prepared store(HalfMessage half, boolean isAsked) {
        var now = clock.instant();
        var id = half.id() == null ? MessageId.at(now) : half.id();
        var before = messages.get(id);
        if (before != null) {
            return repeated(before, half);
        }
        refuseIfOutsideWindow(id, now);
        var topic = registry.ownTopic(half.content().topic(), half.producer())
                .orElseThrow(() -> new Problem(
                        TOPIC_NOT_FOUND,
                        "Your application has no topic %s to produce to."
                                .formatted(half.content().topic())));
        if (registry.subscriptionsTo(topic.name()).noneMatch(Subscription::isActive)) {
            throw new Problem(NO_SUBSCRIPTION, "Nobody subscribes to topic %s.".formatted(topic.name()));
        }
        var timing = half.timing();
        var deliverAt = timing.delay() == null ? timing.deliverAt() : now.plus(timing.delay());
        Problem.require(
                deliverAt == null || !deliverAt.isAfter(now.plus(MAX_DELAY)),
                "A delivery may be scheduled at most %s ahead.".formatted(MAX_DELAY));
        Problem.require(
                !isAsked
                        || timing.checkRef() != null
                        || !registry.endpoint(half.producer()).requireCheckRef(),
                "checkRef is missing: your application requires the id of the database whose transaction the message belongs to.");
        var checkAfter = timing.checkAfter() == null ? topic.checkAfter() : timing.checkAfter();
        messages.put(id, new StoredMessage(id, half, now, deliverAt, now.plus(checkAfter)));
        return new Prepared(true, id, MessageState.PENDING_CONFIRM);
    }

    private static Prepared repeated(StoredMessage before, HalfMessage half) {
        if (!before.producer.equals(half.producer()) || !Arrays.equals(before.contentHash, half.contentHash())) {
            throw new Problem(CONTENT_DIFFERS, "Message %s is already stored with other content.".formatted(before.id))
                    .with("messageId", before.id);
        }
        return switch (before.decision) {
            case PENDING_CONFIRM -> new Prepared(false, before.id, MessageState.PENDING_CONFIRM);
            case CONFIRMED -> new Prepared(false, before.id, MessageState.SENDING);
            case CANCELLED ->
                throw Problem.refused(
                        before.id,
                        "PREPARE",
                        MessageState.CANCELLED,
                        "Do not start its transaction; prepare a new message.");
        };
    }

    private static void refuseIfOutsideWindow(MessageId id, Instant now) {
        var earliest = now.minus(ACCEPT_WINDOW);
        var latest = now.plus(ACCEPT_AHEAD);
        if (id.compareTo(MessageId.floor(earliest)) < 0 || id.compareTo(MessageId.floor(latest)) > 0) {
            throw new Problem(
                            ID_OUTSIDE_WINDOW,
                            "The time inside the id must lie between %s before and %s after now."
                                    .formatted(ACCEPT_WINDOW, ACCEPT_AHEAD))
                    .with("now", now)
                    .with("earliest", earliest)
                    .with("latest", latest);
        }
    }

    private void requireSubscription(StoredMessage message) {
        var topic = message.content.topic();
        if (registry.subscriptionsTo(topic).noneMatch(one -> one.receives(message.createdAt))) {
            throw new Problem(
                            NO_SUBSCRIPTION,
                            "Every subscription of topic %s is retired, so message %s stays pending. Register one and confirm again."
                                    .formatted(topic, message.id))
                    .with("messageId", message.id);
        }
    }

    private static LocalDate dayOf(MessageId id) {
        return LocalDate.ofInstant(id.time(), ZoneOffset.UTC);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
