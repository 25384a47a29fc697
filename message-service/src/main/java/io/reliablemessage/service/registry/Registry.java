package io.reliablemessage.service.registry;

import static io.reliablemessage.api.ProblemType.NAME_TAKEN;
import static io.reliablemessage.api.ProblemType.REGISTRATION_FIXED;
import static io.reliablemessage.api.ProblemType.TOPIC_IN_USE;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.SubscriptionView;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.api.TopicView;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.publishing.BrokerUnavailable;
import io.reliablemessage.service.publishing.Queues;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Registers topics and subscriptions for their applications. */
@Component
class Registry {

    private static final Logger log = LoggerFactory.getLogger(Registry.class);
    private static final Duration CHECK_AFTER = Duration.ofMinutes(1);
    private static final Duration MAX_CHECK_AFTER = Duration.ofDays(7);

    private final RegistryStore store;
    private final TopicRepository topics;
    private final SubscriptionRepository subscriptions;
    private final Queues queues;
    private final LedgerTransactions ledger;
    private final LedgerProperties defaults;

    Registry(
            RegistryStore store,
            TopicRepository topics,
            SubscriptionRepository subscriptions,
            Queues queues,
            LedgerTransactions ledger,
            LedgerProperties defaults) {
        this.store = store;
        this.topics = topics;
        this.subscriptions = subscriptions;
        this.queues = queues;
        this.ledger = ledger;
        this.defaults = defaults;
    }

    TopicView topic(String name, String application, TopicRequest request) {
        return topic(name, application, request, () -> store.quotas().requireRoomForTopic(name, application));
    }

    /** What the service's operator configures has no quota. */
    TopicView configuredTopic(String name, String application, TopicRequest request) {
        return topic(name, application, request, () -> {});
    }

    private TopicView topic(String name, String application, TopicRequest request, Runnable quota) {
        Names.unreserved("The topic's name", name);
        var consumers = Objects.requireNonNullElse(request.consumers(), List.<String>of());
        consumers.forEach(consumer -> Names.checked("consumers", consumer));
        var checkAfter = Objects.requireNonNullElse(request.checkAfter(), CHECK_AFTER);
        Names.require(
                checkAfter.compareTo(Duration.ofSeconds(1)) >= 0 && checkAfter.compareTo(MAX_CHECK_AFTER) <= 0,
                "checkAfter takes PT1S to %s.".formatted(MAX_CHECK_AFTER));
        ledger.commit(() -> {
            quota.run();
            if (!store.topic(name, application, consumers, checkAfter)) {
                throw new Problem(NAME_TAKEN, "The topic %s belongs to another application.".formatted(name));
            }
            var retired = store.retireUnadmitted(name);
            if (retired > 0) {
                log.atInfo()
                        .addKeyValue("topic", name)
                        .addKeyValue("subscriptions", retired)
                        .log("subscriptions retired: their applications may not subscribe any more");
            }
            return retired;
        });
        return topics.findById(name).orElseThrow().view();
    }

    void deleteTopic(String name, String application) {
        var isDeleted = ledger.commit(() -> {
            if (!store.lockTopic(name, application)) {
                throw new Problem(TOPIC_NOT_FOUND, "Your application has no topic %s.".formatted(name));
            }
            return store.deleteTopic(name);
        });
        if (!isDeleted) {
            throw new Problem(TOPIC_IN_USE, "The topic %s has subscriptions, or had some.".formatted(name));
        }
    }

    SubscriptionView subscription(String name, String application, SubscriptionRequest request) {
        Names.checked("The subscription's name", name);
        var wanted = CheckedSubscription.of(request);
        refuseIfFixed(name, application, wanted);
        var isNew = subscriptions.findById(name).isEmpty();
        return isNew
                ? store.quotas().inTurn(application, () -> subscribe(name, application, wanted))
                : subscribe(name, application, wanted);
    }

    /** Declares the queue first, so that no message is ever sent to a queue that does not exist. */
    private SubscriptionView subscribe(String name, String application, CheckedSubscription wanted) {
        ledger.commit(() -> hasRoom(name, application));
        var queue = queues.nameFor(name);
        if (!wanted.retired()) {
            declare(queue);
        }
        if (!ledger.commit(() -> hasRoom(name, application) && store.subscription(name, application, queue, wanted))) {
            refuseIfFixed(name, application, wanted); // it was registered in between
            throw topicNotFound(wanted);
        }
        return subscriptions.findById(name).orElseThrow().view(defaults);
    }

    private boolean hasRoom(String name, String application) {
        store.quotas().requireRoomForSubscription(name, application);
        return true;
    }

    /** At start the broker may be unavailable; the queue is declared when it is back. */
    void configuredSubscription(String name, String application, SubscriptionRequest request) {
        Names.checked("The subscription's name", name);
        var wanted = CheckedSubscription.of(request);
        refuseIfFixed(name, application, wanted);
        if (!store.subscription(name, application, queues.nameFor(name), wanted)) {
            throw topicNotFound(wanted);
        }
    }

    private void refuseIfFixed(String name, String application, CheckedSubscription wanted) {
        subscriptions.findById(name).ifPresent(there -> {
            if (!there.application().equals(application)) {
                throw new Problem(NAME_TAKEN, "The subscription %s belongs to another application.".formatted(name));
            }
            if (!there.topic().equals(wanted.topic()) || there.kind() != wanted.kind()) {
                throw new Problem(
                        REGISTRATION_FIXED,
                        "The subscription %s is of kind %s to topic %s, and stays so."
                                .formatted(name, there.kind(), there.topic()));
            }
        });
        if (topics.findById(wanted.topic())
                .filter(topic -> topic.admits(application))
                .isEmpty()) {
            throw topicNotFound(wanted);
        }
    }

    private static Problem topicNotFound(CheckedSubscription wanted) {
        return new Problem(
                TOPIC_NOT_FOUND,
                "There is no topic %s that your application may subscribe to.".formatted(wanted.topic()));
    }

    private void declare(String queue) {
        try {
            queues.declare(queue);
        } catch (BrokerUnavailable away) {
            throw new Problem(
                    UNAVAILABLE,
                    "The broker is unavailable, so the queue cannot be declared. Register again later.",
                    away);
        }
    }
}
