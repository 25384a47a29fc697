package io.reliablemessage.service.registry;

import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.SubscriptionKind;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.service.checkback.CheckbackEndpoints;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.database.NeedsDatabaseAtStartup;
import io.reliablemessage.service.platform.database.UnsafeSetting;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.KeyHash;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Applies the configured registry before the first call is served. */
@Component
@NeedsDatabaseAtStartup
class ConfiguredRegistry implements InitializingBean {

    private static final Logger log = LoggerFactory.getLogger(ConfiguredRegistry.class);
    private static final int PREFIX = 6;

    private final RegistryProperties configured;
    private final RegistryStore store;
    private final Registry registry;
    private final CheckbackEndpoints endpoints;
    private final LedgerTransactions ledger;

    ConfiguredRegistry(
            RegistryProperties configured,
            RegistryStore store,
            Registry registry,
            CheckbackEndpoints endpoints,
            LedgerTransactions ledger) {
        this.configured = configured;
        this.store = store;
        this.registry = registry;
        this.endpoints = endpoints;
        this.ledger = ledger;
    }

    @Override
    public void afterPropertiesSet() {
        try {
            configured.applications().forEach(application -> ledger.commit(() -> register(application)));
            configured.topics().forEach(this::register);
            configured.subscriptions().forEach(this::register);
            endpoints.requireKeys();
        } catch (Problem refused) {
            throw new UnsafeSetting(
                    "The configuration under message-service.registry is wrong, or contradicts what is registered: "
                            + refused.getMessage(),
                    "Correct the configuration; the registry is in the tables application, topic and subscription.");
        }
    }

    private int register(RegistryProperties.Application application) {
        Names.unreserved("The application's name", application.name());
        store.application(application.name());
        if (application.checkUrl() != null) {
            endpoints.register(
                    application.name(),
                    new ApplicationRequest(
                            application.checkUrl(), application.checkSecret(), application.checkAnswers(), null),
                    false);
        }
        var hashes = new ArrayList<byte[]>();
        for (var key : application.keys()) {
            var hash = KeyHash.of(key.value());
            hashes.add(hash);
            if (!store.key(application.name(), key.value().substring(0, PREFIX), hash, key.roles(), key.expiresAt())) {
                throw new UnsafeSetting(
                        "A key of application %s is already a key of another application."
                                .formatted(application.name()),
                        "Give every application keys of its own.");
            }
        }
        var expired = store.expireConfiguredKeysBut(application.name(), hashes);
        if (expired > 0) {
            log.atInfo()
                    .addKeyValue("application", application.name())
                    .addKeyValue("keys", expired)
                    .log("keys expired: the configuration does not name them any more");
        }
        return expired;
    }

    private void register(RegistryProperties.Topic topic) {
        registry.configuredTopic(
                topic.name(), topic.application(), new TopicRequest(topic.consumers(), topic.checkAfter()));
    }

    private void register(RegistryProperties.Subscription subscription) {
        registry.configuredSubscription(
                subscription.name(),
                subscription.application(),
                new SubscriptionRequest(
                        subscription.topic(),
                        SubscriptionKind.QUEUE,
                        subscription.schedule(),
                        subscription.maxAttempts(),
                        subscription.ratePerSecond(),
                        subscription.retired()));
    }
}
