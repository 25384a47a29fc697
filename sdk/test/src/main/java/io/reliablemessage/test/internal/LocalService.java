package io.reliablemessage.test.internal;

import io.reliablemessage.test.Delivery;
import io.reliablemessage.test.SentMessage;
import io.reliablemessage.test.internal.checkbacks.Checkbacks;
import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.http.HttpApi;
import io.reliablemessage.test.internal.http.Keys;
import io.reliablemessage.test.internal.http.MessageId;
import io.reliablemessage.test.internal.http.Role;
import io.reliablemessage.test.internal.messages.Acknowledgements;
import io.reliablemessage.test.internal.messages.Epochs;
import io.reliablemessage.test.internal.messages.Idempotency;
import io.reliablemessage.test.internal.messages.Ledger;
import io.reliablemessage.test.internal.messages.Queues;
import io.reliablemessage.test.internal.messages.Redelivery;
import io.reliablemessage.test.internal.messages.StoredDelivery;
import io.reliablemessage.test.internal.messages.StoredMessage;
import io.reliablemessage.test.internal.messages.Views;
import io.reliablemessage.test.internal.registry.Registry;
import io.reliablemessage.test.internal.registry.Subscription;
import io.reliablemessage.test.internal.registry.Topic;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The parts of the in-memory service, put together. Safe for use by many threads. */
public final class LocalService implements AutoCloseable {

    private static final String OPERATOR = "operator";

    private final Clock clock;
    private final Registry registry;
    private final Queues queues = new Queues();
    private final Redelivery redelivery;
    private final Ledger ledger;
    private final Epochs epochs = new Epochs();
    private final Idempotency idempotency;
    private final Keys keys = new Keys();
    private final Guard guard = new Guard(this::doWhatIsDue);
    private final Checkbacks checkbacks;
    private final HttpApi api;

    public LocalService(Clock clock) {
        this.clock = clock;
        registry = new Registry(clock);
        redelivery = new Redelivery(registry, queues);
        ledger = new Ledger(clock, registry, redelivery);
        idempotency = new Idempotency(clock);
        checkbacks = new Checkbacks(clock, guard, registry, ledger);
        var acknowledgements = new Acknowledgements(clock, registry, ledger);
        api = new HttpApi(
                keys,
                guard,
                epochs::current,
                new Routes(clock, registry, ledger, epochs, acknowledgements, idempotency).all());
    }

    public URI url() {
        return api.url();
    }

    public String key(String application, Set<Role> roles) {
        return keys.of(application, roles);
    }

    public void setAvailable(boolean isAvailable) {
        api.setAvailable(isAvailable);
    }

    /** Time has passed. */
    public void tick() {
        guard.run(ledger::dropOldDays);
    }

    /** Forgets messages, not registrations. */
    public void forgetMessages() {
        guard.run(() -> {
            ledger.clear();
            queues.clear();
            idempotency.clear();
        });
    }

    /** Forgets what messages went through later; a new epoch begins. */
    public void restore(Instant to) {
        guard.run(() -> {
            ledger.rewind(to);
            idempotency.rewind(to);
            epochs.restored(to);
        });
    }

    /** Registers what is not there; a topic of that name keeps its owner. */
    public void subscribe(String subscription, String topic, String application) {
        guard.run(() -> {
            var there = registry.findTopic(topic)
                    .orElseGet(() -> registry.topic(new Topic(topic, application, List.of(), Duration.ofMinutes(1))));
            registry.subscribe(
                    new Subscription(subscription, topic, there.application(), Subscription.Policy.DEFAULT, null),
                    false);
        });
    }

    public boolean hasSubscription(String subscription) {
        return guard.call(() -> registry.find(subscription).isPresent());
    }

    /** Finds the messages that match, and waits so long for the first of them. */
    public List<SentMessage> sent(Predicate<SentMessage> matching, Duration within) {
        return guard.await(within, () -> Optional.of(sent(matching)).filter(found -> !found.isEmpty()))
                .orElse(List.of());
    }

    private List<SentMessage> sent(Predicate<SentMessage> matching) {
        return ledger.all().stream().map(Views::sent).filter(matching).toList();
    }

    public List<Delivery> waiting(String subscription) {
        return guard.call(() -> queues.waiting(subscription));
    }

    /** Hands out the next copy, as the broker does to a consumer that is alive. */
    public Optional<Delivery> take(String subscription, Duration within) {
        var taken = guard.await(within, () -> queues.take(subscription));
        taken.ifPresent(copy -> setConsumerDead(copy, false));
        return taken;
    }

    public void putBack(Delivery copy) {
        guard.run(() -> queues.putBack(copy));
    }

    /** What the consumer says about the message from now on does not arrive, until it is handed out again. */
    public void setConsumerDead(Delivery copy, boolean isDead) {
        guard.run(() -> ledger.find(MessageId.parsed("id", copy.id()))
                .map(message -> message.deliveries.get(copy.subscription()))
                .ifPresent(delivery -> delivery.isConsumerDead = isDead));
    }

    public String checkBack(String id) {
        return checkbacks.ask(MessageId.parsed("id", id));
    }

    /** Asks about all messages that are overdue, and returns how many they were. */
    public int checkBackOverdue() {
        var overdue = checkbacks.overdue();
        overdue.forEach(checkbacks::ask);
        return overdue.size();
    }

    public void giveUp(String id, String subscription) {
        change(
                id,
                subscription,
                (message, delivery) -> redelivery.bury(message, delivery, "given up by the test", clock.instant()));
    }

    public void discard(String id, String subscription) {
        change(
                id,
                subscription,
                (message, delivery) -> redelivery.discard(message, delivery, OPERATOR, clock.instant()));
    }

    public void resend(String id, String subscription) {
        change(
                id,
                subscription,
                (message, delivery) -> redelivery.revive(message, delivery, OPERATOR, clock.instant()));
    }

    @Override
    public void close() {
        api.close();
    }

    private void change(String id, String subscription, Change change) {
        guard.run(() -> {
            var message = ledger.find(MessageId.parsed("id", id))
                    .orElseThrow(() -> new IllegalArgumentException("There is no message " + id));
            var delivery = Optional.ofNullable(message.deliveries.get(subscription))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Message %s is not delivered to subscription %s".formatted(id, subscription)));
            change.to(message, delivery);
        });
    }

    private void doWhatIsDue() {
        var now = clock.instant();
        ledger.all().forEach(message -> redelivery.sendDue(message, now));
    }

    @FunctionalInterface
    private interface Change {
        void to(StoredMessage message, StoredDelivery delivery);
    }
}
