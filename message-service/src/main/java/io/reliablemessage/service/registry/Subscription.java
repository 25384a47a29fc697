package io.reliablemessage.service.registry;

import io.reliablemessage.adminapi.registry.SubscriptionsView;
import io.reliablemessage.api.SubscriptionKind;
import io.reliablemessage.api.SubscriptionView;
import io.reliablemessage.service.model.LedgerProperties;
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

    private static final int PREVIEWED = 20;

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

    @Column(name = "rate_per_second")
    private @Nullable Integer ratePerSecond;

    @Column(name = "override_schedule_millis")
    private @Nullable List<Long> overrideScheduleMillis;

    @Column(name = "override_max_attempts")
    private @Nullable Integer overrideMaxAttempts;

    @Column(name = "override_rate_per_second")
    private @Nullable Integer overrideRatePerSecond;

    private boolean paused;

    @Column(name = "retired_at")
    private @Nullable Instant retiredAt;

    protected Subscription() {}

    String name() {
        return name;
    }

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
        var schedule = schedule(defaults);
        return new SubscriptionView(
                name,
                topic,
                application,
                kind,
                queue,
                schedule.waits(),
                schedule.maxAttempts(),
                overrideRatePerSecond == null ? ratePerSecond : overrideRatePerSecond,
                override() != null,
                paused,
                schedule.preview(PREVIEWED),
                retiredAt);
    }

    /** The operators' override; null: there is none. */
    SubscriptionsView.@Nullable Terms override() {
        if (overrideScheduleMillis == null && overrideMaxAttempts == null && overrideRatePerSecond == null) {
            return null;
        }
        return new SubscriptionsView.Terms(
                overrideScheduleMillis == null
                        ? null
                        : overrideScheduleMillis.stream()
                                .map(Duration::ofMillis)
                                .toList(),
                overrideMaxAttempts,
                overrideRatePerSecond);
    }

    /** The policy in force; the claims' SQL chooses likewise. */
    private RedeliverySchedule schedule(LedgerProperties defaults) {
        var millis = overrideScheduleMillis == null ? scheduleMillis : overrideScheduleMillis;
        var attempts = overrideMaxAttempts == null ? maxAttempts : overrideMaxAttempts;
        return new RedeliverySchedule(
                millis == null
                        ? defaults.schedule()
                        : millis.stream().map(Duration::ofMillis).toList(),
                attempts == null ? defaults.maxAttempts() : attempts);
    }
}
