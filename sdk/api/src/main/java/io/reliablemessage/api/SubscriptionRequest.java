package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.internal.Arguments;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes the calling application to a topic, or changes the subscription.
 *
 * @param topic fixed once registered
 * @param kind fixed once registered; default {@link SubscriptionKind#QUEUE}
 * @param schedule how long to wait for an ack after each send, the last one repeating; default: the service's
 * @param maxAttempts sends before a delivery is given up; default: the service's
 * @param ratePerSecond redeliveries per second at most, 1 to 100,000; default: as many as are due
 * @param retired true: it receives no new messages; absent or false activates a retired subscription again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubscriptionRequest(
        String topic,
        @Nullable SubscriptionKind kind,
        @Nullable List<Duration> schedule,
        @Nullable Integer maxAttempts,
        @Nullable Integer ratePerSecond,
        @Nullable Boolean retired) {

    /** Starts a subscription to a topic; everything else has a default. */
    public static Builder builder(String topic) {
        return new Builder(topic);
    }

    /**
     * This request, unless something is missing, blank or too long.
     *
     * @throws IllegalArgumentException names the member and what to do
     */
    public SubscriptionRequest checked() {
        Arguments.text("topic", topic, Arguments.MAX_NAME);
        if (schedule != null) {
            schedule.forEach(wait -> Arguments.present("an item of schedule", wait, "give a duration"));
        }
        return this;
    }

    /** Makes a request; what is not set is absent. Not safe for use by several threads. */
    public static final class Builder {

        private final String topic;
        private @Nullable SubscriptionKind kind;
        private @Nullable List<Duration> schedule;
        private @Nullable Integer maxAttempts;
        private @Nullable Integer ratePerSecond;
        private @Nullable Boolean retired;

        private Builder(String topic) {
            this.topic = topic;
        }

        public Builder kind(@Nullable SubscriptionKind kind) {
            this.kind = kind;
            return this;
        }

        /** How long to wait for an ack after each send; the last one repeats. */
        public Builder schedule(@Nullable List<Duration> schedule) {
            this.schedule = schedule;
            return this;
        }

        /** Sends before a delivery is given up. */
        public Builder maxAttempts(@Nullable Integer maxAttempts) {
            this.maxAttempts = maxAttempts;
            return this;
        }

        /** Redeliveries per second at most. */
        public Builder ratePerSecond(@Nullable Integer ratePerSecond) {
            this.ratePerSecond = ratePerSecond;
            return this;
        }

        /** True: the subscription gets no new messages. */
        public Builder retired(@Nullable Boolean retired) {
            this.retired = retired;
            return this;
        }

        /** The subscription, {@link #checked}. */
        public SubscriptionRequest build() {
            return new SubscriptionRequest(topic, kind, schedule, maxAttempts, ratePerSecond, retired).checked();
        }
    }
}
