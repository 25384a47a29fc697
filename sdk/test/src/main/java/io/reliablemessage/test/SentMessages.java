package io.reliablemessage.test;

import static java.util.stream.Collectors.joining;

import io.reliablemessage.test.internal.LocalService;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * The messages that producers have stored, narrowed down and then looked at.
 *
 * <pre>{@code
 * sent.to("order.placed").withKey("A-1").confirmed().only();
 * sent.cancelled().none();
 * }</pre>
 */
public final class SentMessages {

    private final LocalService service;
    private final Predicate<SentMessage> matching;
    private final String description;
    private final Duration within;

    SentMessages(LocalService service) {
        this(service, message -> true, "messages", Duration.ZERO);
    }

    private SentMessages(LocalService service, Predicate<SentMessage> matching, String description, Duration within) {
        this.service = service;
        this.matching = matching;
        this.description = description;
        this.within = within;
    }

    public SentMessages to(String topic) {
        return and(message -> message.topic().equals(topic), "to " + topic);
    }

    public SentMessages withKey(String key) {
        return and(message -> message.key().equals(key), "with key " + key);
    }

    public SentMessages confirmed() {
        return and(SentMessage::isConfirmed, "confirmed");
    }

    public SentMessages pending() {
        return and(SentMessage::isPending, "pending");
    }

    public SentMessages cancelled() {
        return and(SentMessage::isCancelled, "cancelled");
    }

    /** How long {@link #list} and {@link #only} wait for a first message, of a producer that works in the background. */
    public SentMessages within(Duration time) {
        return new SentMessages(service, matching, description, time);
    }

    /** They, in the order of their ids. */
    public List<SentMessage> list() {
        return service.sent(matching, within);
    }

    /**
     * The only one of them.
     *
     * @throws AssertionError there is none, or more than one
     */
    public SentMessage only() {
        var found = list();
        if (found.size() != 1) {
            throw new AssertionError(
                    "Expected one of the %s, but there are %d.%s".formatted(description, found.size(), everything()));
        }
        return found.get(0);
    }

    /**
     * Checks that there is none of them now.
     *
     * @throws AssertionError there is one
     */
    public void none() {
        var found = service.sent(matching, Duration.ZERO);
        if (!found.isEmpty()) {
            throw new AssertionError(
                    "Expected none of the %s, but there are %d.%s".formatted(description, found.size(), everything()));
        }
    }

    private SentMessages and(Predicate<SentMessage> more, String words) {
        return new SentMessages(service, matching.and(more), description + " " + words, within);
    }

    private String everything() {
        return service.sent(message -> true, Duration.ZERO).stream()
                .map(message -> "%n  %s".formatted(message))
                .collect(joining("", " Stored are:", ""));
    }
}
