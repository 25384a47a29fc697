package io.reliablemessage.adminapi.cause;

import io.reliablemessage.adminapi.overview.Window;
import io.reliablemessage.api.DeliveryState;
import org.jspecify.annotations.Nullable;

/**
 * Selects causes; all given conditions must hold.
 *
 * @param window only causes with a failure within this window, and trends over it; left out: only causes with
 *     deliveries that are dead or rejected now, and trends over seven days
 * @param state {@code DEAD} or {@code REJECTED}
 */
public record CauseQuery(
        @Nullable Window window,
        @Nullable String topic,
        @Nullable String subscription,
        @Nullable DeliveryState state) {}
