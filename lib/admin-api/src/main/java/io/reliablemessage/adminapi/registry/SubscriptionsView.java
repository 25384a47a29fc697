package io.reliablemessage.adminapi.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.SubscriptionView;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of subscriptions, by name.
 *
 * @param next the cursor of the next page; none: this is the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubscriptionsView(List<Item> items, @Nullable String next) {

    /**
     * A subscription and its backlog.
     *
     * @param subscription with the settings in force
     * @param override the operators' override; none: there is none
     * @param queued messages that wait in its queue; none: not known from the broker
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            SubscriptionView subscription,
            @Nullable Terms override,
            Counts counts,
            @Nullable Integer queued) {}

    /** Replaces the application's settings; a setting left out stays the application's. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Terms(
            @Nullable List<Duration> schedule,
            @Nullable Integer maxAttempts,
            @Nullable Integer ratePerSecond) {}

    /**
     * The numbers of its open and failed deliveries.
     *
     * @param sending up to 10,000
     * @param sendingCapped there may be more
     */
    public record Counts(int sending, boolean sendingCapped, int dead, int rejected) {}
}
