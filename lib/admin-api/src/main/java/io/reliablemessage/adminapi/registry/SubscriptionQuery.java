package io.reliablemessage.adminapi.registry;

import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions are asked for; everything that is given must hold.
 *
 * @param application the consumer
 */
public record SubscriptionQuery(
        @Nullable String name,
        @Nullable String topic,
        @Nullable String application) {}
