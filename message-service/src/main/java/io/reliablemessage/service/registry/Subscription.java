package io.reliablemessage.service.registry;

import io.reliablemessage.api.SubscriptionKind;
import io.reliablemessage.api.SubscriptionView;
import io.reliablemessage.service.message.LedgerProperties;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Entity
class Subscription {

    @Id
    private String name = "";

    private String topic = "";

    private String application = "";

    @Enumerated(EnumType.STRING)
    private SubscriptionKind kind = SubscriptionKind.QUEUE;

    private String queue = "";

    @Column(name = "schedule_millis")
    private @Nullable List<Long> scheduleMillis;

    @Column(name = "max_attempts")
    private @Nullable Integer maxAttempts;

    @Column(name = "retired_at")
    private @Nullable Instant retiredAt;

    protected Subscription() {}

    String application() {
        return application;
    }

    String topic() {
        return topic;
    }

    SubscriptionKind kind() {
        return kind;
    }

    String queue() {
        return queue;
    }

    SubscriptionView view(LedgerProperties defaults) {
        return new SubscriptionView(
                name,
                topic,
                application,
                kind,
                queue,
                scheduleMillis == null
                        ? defaults.schedule()
                        : scheduleMillis.stream().map(Duration::ofMillis).toList(),
                maxAttempts == null ? defaults.maxAttempts() : maxAttempts,
                retiredAt);
    }
}
