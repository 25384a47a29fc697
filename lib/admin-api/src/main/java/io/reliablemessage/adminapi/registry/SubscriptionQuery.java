package io.reliablemessage.adminapi.registry;

import org.jspecify.annotations.Nullable;

/**
 * Selects subscriptions; all given conditions must hold.
 *
 * @param application the consumer
 */
public record SubscriptionQuery(
        @Nullable String name,
        @Nullable String topic,
        @Nullable String application) {}
