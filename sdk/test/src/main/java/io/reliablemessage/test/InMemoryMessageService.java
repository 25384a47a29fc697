package io.reliablemessage.test;

import static io.reliablemessage.test.internal.http.Role.CONSUMER;
import static io.reliablemessage.test.internal.http.Role.PRODUCER;

import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.test.internal.LocalService;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The message service in memory: the API of the real one at {@link #url}, for the application under test. Safe for use
 * by many threads; close it at the end.
 *
 * <p>Registrations are made by the application as with the real service, or by the test: {@link #subscribe}. Messages go
 * into queues in memory, where a {@link ConsumerProbe} finds them. Nothing is asked and nothing decided by itself: the
 * test makes check-backs happen.
 */
public final class InMemoryMessageService implements AutoCloseable {

    private final TestClock clock = new TestClock(this::tick);
    private final LocalService service = new LocalService(clock);
    private final Map<String, ReliableMessageClient> clients = new ConcurrentHashMap<>();

    private InMemoryMessageService() {}

    /** Starts a service at a free port of the loopback interface. */
    public static InMemoryMessageService start() {
        return new InMemoryMessageService();
    }

    public URI url() {
        return service.url();
    }

    /** The key of an application that produces and consumes. */
    public String apiKey(String application) {
        return service.key(application, Set.of(PRODUCER, CONSUMER));
    }

    /** A key that may not consume. */
    public String producerKey(String application) {
        return service.key(application, Set.of(PRODUCER));
    }

    /** A key that may not produce. */
    public String consumerKey(String application) {
        return service.key(application, Set.of(CONSUMER));
    }

    /** The client of an application; it is closed with the service. */
    public ReliableMessageClient client(String application) {
        return clients.computeIfAbsent(
                application, name -> ReliableMessageClient.create(ClientSettings.of(url(), apiKey(name))));
    }

    public TestClock clock() {
        return clock;
    }

    /** What producers have stored so far. */
    public SentMessages sent() {
        return new SentMessages(service);
    }

    /**
     * Registers a subscription of the topic's own application, so that messages of the topic are accepted and can be
     * looked at; and the topic, if it is unknown.
     *
     * @param application the topic's owner, if it is unknown
     */
    public ConsumerProbe subscribe(String subscription, String topic, String application) {
        service.subscribe(subscription, topic, application);
        return new ConsumerProbe(service, subscription);
    }

    /**
     * The queue of a subscription that is registered already, by the application under test or by {@link #subscribe}.
     *
     * @throws IllegalArgumentException there is none
     */
    public ConsumerProbe consumer(String subscription) {
        if (!service.hasSubscription(subscription)) {
            throw new IllegalArgumentException("No subscription %s is registered".formatted(subscription));
        }
        return new ConsumerProbe(service, subscription);
    }

    /**
     * Asks the producer about an undecided message now, at its check URL, signed as always, and applies the answer.
     *
     * @return what was understood: {@code COMMITTED}, {@code ROLLED_BACK}, or {@code UNKNOWN} with the reason in
     *     parentheses
     * @throws IllegalStateException it is decided, unknown, or its producer has no check URL
     */
    public String checkBack(String messageId) {
        return service.checkBack(messageId);
    }

    /** Asks about all messages that are overdue by the {@link #clock}, and returns how many they were. */
    public int checkBackOverdue() {
        return service.checkBackOverdue();
    }

    /** Gives a delivery up, as if its last attempt had stayed unanswered. */
    public void giveUp(String messageId, String subscription) {
        service.giveUp(messageId, subscription);
    }

    /** Ends a delivery, as an operator does. */
    public void discard(String messageId, String subscription) {
        service.discard(messageId, subscription);
    }

    /** Sends a delivery again that was given up or rejected, as an operator does. */
    public void resend(String messageId, String subscription) {
        service.resend(messageId, subscription);
    }

    /** From now on, until {@link #recover}, every call is answered 503 and has no effect. */
    public void fail() {
        service.setAvailable(false);
    }

    public void recover() {
        service.setAvailable(true);
    }

    /**
     * Puts the ledger back to an earlier time, as a restored database is, and begins a new epoch.
     *
     * <p>Messages that were stored later vanish, those decided later are pending again, and deliveries answered later
     * are open again. Registrations stay. Queues are not put back, as no broker is: consumers may find copies of
     * messages that the ledger does not have any more.
     *
     * @param to by the {@link #clock}
     */
    public void restore(Instant to) {
        service.restore(to);
    }

    /** Forgets all messages, shows the system's time and answers again. Registrations and the epoch stay. */
    public void reset() {
        recover();
        service.forgetMessages();
        clock.reset();
    }

    @Override
    public void close() {
        clients.values().forEach(ReliableMessageClient::close);
        service.close();
    }

    private void tick() {
        service.tick();
    }
}
