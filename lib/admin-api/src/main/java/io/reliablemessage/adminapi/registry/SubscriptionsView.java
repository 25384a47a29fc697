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
     * A subscription, and what is on its way to it.
     *
     * @param subscription with what is in force
     * @param override what an operator said of that; none: nothing
     * @param queued messages that wait in its queue; none: the broker does not say
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            SubscriptionView subscription,
            @Nullable Terms override,
            Counts counts,
            @Nullable Integer queued) {}

    /** What is in place of the application's own; what is left out stays the application's. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Terms(
            @Nullable List<Duration> schedule,
            @Nullable Integer maxAttempts,
            @Nullable Integer ratePerSecond) {}

    /**
     * How many deliveries to it are in a state that should be left.
     *
     * @param sending up to 10,000
     * @param sendingCapped there may be more
     */
    public record Counts(int sending, boolean sendingCapped, int dead, int rejected) {}
}
