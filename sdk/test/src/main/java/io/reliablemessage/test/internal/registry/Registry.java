package io.reliablemessage.test.internal.registry;

import static io.reliablemessage.api.ProblemType.NAME_TAKEN;
import static io.reliablemessage.api.ProblemType.QUOTA_REACHED;
import static io.reliablemessage.api.ProblemType.REGISTRATION_FIXED;
import static io.reliablemessage.api.ProblemType.TOPIC_IN_USE;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.UNSUPPORTED_KIND;

import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.api.SubscriptionKind;
import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.http.Members;
import io.reliablemessage.test.internal.http.Problem;
import io.reliablemessage.test.internal.http.Texts;
import io.reliablemessage.test.internal.registry.Subscription.Policy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Topics, subscriptions and check URLs of applications. Guarded by {@link Guard}. */
public final class Registry {

    private static final Duration DEFAULT_CHECK_AFTER = Duration.ofMinutes(1);
    private static final Duration MAX_CHECK_AFTER = Duration.ofDays(7);
    private static final Duration UNTIL_RETIRED = Duration.ofMinutes(1); // prepares that are under way see it in time
    private static final Duration FORMER_SECRET = Duration.ofHours(1);
    private static final Duration RETIRED_COUNTS = Duration.ofDays(30);
    private static final int QUOTA = 200;

    private final Clock clock;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<String, Subscription> subscriptions = new TreeMap<>();
    private final Map<String, CheckEndpoint> endpoints = new HashMap<>();

    public Registry(Clock clock) {
        this.clock = clock;
    }

    public Map<String, Object> application(String name, byte[] body) {
        var request = Members.of(body, Set.of("checkUrl", "checkSecret", "checkAnswers", "requireCheckRef"));
        var requireCheckRef = Boolean.TRUE.equals(request.flag("requireCheckRef"));
        var answers = request.constant("checkAnswers", CheckAnswers.class);
        var url = request.text("checkUrl");
        var secret = request.text("checkSecret");
        if (url == null) {
            Problem.require(secret == null, "checkSecret makes no sense without checkUrl.");
            Problem.require(answers == null, "checkAnswers makes no sense without checkUrl.");
            endpoints.put(name, new CheckEndpoint(null, List.of(), CheckAnswers.SIGNED, requireCheckRef));
        } else {
            var called = CheckEndpoint.url(url);
            var before = endpoint(name);
            var secrets = secret == null
                    ? before.secrets()
                    : before.secretsWith(
                            CheckEndpoint.secret(secret), clock.instant().plus(FORMER_SECRET));
            Problem.require(!secrets.isEmpty(), "checkSecret is missing, and none was stored before.");
            endpoints.put(
                    name,
                    new CheckEndpoint(
                            called,
                            secrets,
                            Objects.requireNonNullElse(answers, CheckAnswers.SIGNED),
                            requireCheckRef));
        }
        return endpoint(name).view(name);
    }

    public CheckEndpoint endpoint(String application) {
        return endpoints.getOrDefault(application, CheckEndpoint.NONE);
    }

    public Map<String, Object> topic(String name, String application, byte[] body) {
        var request = Members.of(body, Set.of("consumers", "checkAfter"));
        var consumers = Objects.requireNonNullElse(request.texts("consumers"), List.<String>of());
        var checkAfter = Objects.requireNonNullElse(request.duration("checkAfter"), DEFAULT_CHECK_AFTER);
        Texts.unreservedName("The topic's name", name);
        consumers.forEach(consumer -> Texts.name("consumers", consumer));
        Problem.require(
                checkAfter.compareTo(Duration.ofSeconds(1)) >= 0 && checkAfter.compareTo(MAX_CHECK_AFTER) <= 0,
                "checkAfter takes PT1S to %s.".formatted(MAX_CHECK_AFTER));
        return topic(new Topic(name, application, consumers, checkAfter)).view();
    }

    public Topic topic(Topic wanted) {
        var before = topics.get(wanted.name());
        if (before == null) {
            requireRoom("topics", ownedBy(wanted.application()), wanted.application());
        } else if (!before.application().equals(wanted.application())) {
            throw new Problem(NAME_TAKEN, "The topic %s belongs to another application.".formatted(wanted.name()));
        }
        topics.put(wanted.name(), wanted);
        subscriptions.replaceAll((name, subscription) -> subscription.topic().equals(wanted.name())
                        && subscription.isActive()
                        && !wanted.admits(subscription.application())
                ? subscription.retired(clock.instant().plus(UNTIL_RETIRED))
                : subscription);
        return wanted;
    }

    public void deleteTopic(String name, String application) {
        if (ownTopic(name, application).isEmpty()) {
            throw new Problem(TOPIC_NOT_FOUND, "Your application has no topic %s.".formatted(name));
        }
        if (subscriptionsTo(name).findAny().isPresent()) {
            throw new Problem(TOPIC_IN_USE, "The topic %s has subscriptions, or had some.".formatted(name));
        }
        topics.remove(name);
    }

    public Map<String, Object> subscription(String name, String application, byte[] body) {
        var request = Members.of(body, Set.of("topic", "kind", "schedule", "maxAttempts", "ratePerSecond", "retired"));
        var kind = request.constant("kind", SubscriptionKind.class);
        var policy = new Policy(
                request.durations("schedule"), request.integer("maxAttempts"), request.integer("ratePerSecond"));
        var isRetired = Boolean.TRUE.equals(request.flag("retired"));
        var topic = request.text("topic");
        Texts.name("The subscription's name", name);
        if (kind != null && kind != SubscriptionKind.QUEUE) {
            throw new Problem(UNSUPPORTED_KIND, "Subscriptions of kind %s do not exist yet.".formatted(kind));
        }
        Texts.name("topic", topic);
        return subscribe(
                        new Subscription(name, Objects.requireNonNull(topic), application, policy.checked(), null),
                        isRetired)
                .view();
    }

    public Subscription subscribe(Subscription wanted, boolean isRetired) {
        var before = subscriptions.get(wanted.name());
        refuseIfFixed(before, wanted);
        if (before == null || !before.isActive()) {
            requireRoom("subscriptions", countedFor(wanted), wanted.application());
        }
        var subscription = isRetired ? wanted.retired(retiredAt(before)) : wanted;
        subscriptions.put(wanted.name(), subscription);
        return subscription;
    }

    public Optional<Topic> ownTopic(String name, String application) {
        return Optional.ofNullable(topics.get(name))
                .filter(topic -> topic.application().equals(application));
    }

    public Optional<Topic> findTopic(String name) {
        return Optional.ofNullable(topics.get(name));
    }

    public Optional<Subscription> find(String subscription) {
        return Optional.ofNullable(subscriptions.get(subscription));
    }

    public Stream<Subscription> subscriptionsTo(String topic) {
        return subscriptions.values().stream()
                .filter(subscription -> subscription.topic().equals(topic));
    }

    private void refuseIfFixed(@Nullable Subscription before, Subscription wanted) {
        if (before != null && !before.application().equals(wanted.application())) {
            throw new Problem(
                    NAME_TAKEN, "The subscription %s belongs to another application.".formatted(wanted.name()));
        }
        if (before != null && !before.topic().equals(wanted.topic())) {
            throw new Problem(
                    REGISTRATION_FIXED,
                    "The subscription %s is to topic %s, and stays so.".formatted(wanted.name(), before.topic()));
        }
        if (findTopic(wanted.topic())
                .filter(topic -> topic.admits(wanted.application()))
                .isEmpty()) {
            throw new Problem(
                    TOPIC_NOT_FOUND,
                    "There is no topic %s that your application may subscribe to.".formatted(wanted.topic()));
        }
    }

    private Instant retiredAt(@Nullable Subscription before) {
        if (before == null) {
            return clock.instant();
        }
        return Objects.requireNonNullElseGet(
                before.retiredAt(), () -> clock.instant().plus(UNTIL_RETIRED));
    }

    private long ownedBy(String application) {
        return topics.values().stream()
                .filter(topic -> topic.application().equals(application))
                .count();
    }

    /** Retired ones count for a month. */
    private long countedFor(Subscription wanted) {
        var since = clock.instant().minus(RETIRED_COUNTS);
        return subscriptions.values().stream()
                .filter(one -> one.application().equals(wanted.application()))
                .filter(one -> !one.name().equals(wanted.name()))
                .filter(one -> one.receives(since))
                .count();
    }

    private static void requireRoom(String what, long registered, String application) {
        if (registered >= QUOTA) {
            throw new Problem(
                            QUOTA_REACHED,
                            "The application has %d %s, and may have %d.".formatted(registered, what, QUOTA))
                    .with("application", application);
        }
    }
}
