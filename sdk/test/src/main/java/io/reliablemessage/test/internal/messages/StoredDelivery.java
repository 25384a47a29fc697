package io.reliablemessage.test.internal.messages;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.registry.Subscription;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message on its way to one subscription. Guarded by {@link Guard}. */
public final class StoredDelivery {

    final String subscription;
    final String application;
    DeliveryState state = DeliveryState.SENDING;
    int attempts;

    @Nullable
    Instant dueAt;

    @Nullable
    Instant sentAt;

    @Nullable
    Instant finishedAt;

    @Nullable
    String lastError;

    /** Its consumer has died while it worked on it: what the dead say does not arrive. */
    public boolean isConsumerDead;

    StoredDelivery(Subscription subscription, Instant dueAt) {
        this.subscription = subscription.name();
        this.application = subscription.application();
        this.dueAt = dueAt;
    }

    boolean isDue(Instant now) {
        return dueAt != null && !dueAt.isAfter(now);
    }

    void finish(Step step, @Nullable String error, Instant now) {
        state = step.to();
        dueAt = null;
        finishedAt = now;
        attempts = Math.max(attempts, 1); // an answer proves a send
        lastError = error == null ? lastError : error;
    }

    /** It is sent again from the start. */
    void revive() {
        state = Step.REVIVE.to();
        finishedAt = null;
        attempts = 0;
    }

    Map<String, Object> view() {
        var view = new LinkedHashMap<String, Object>();
        view.put("subscription", subscription);
        view.put("state", state);
        view.put("attempts", attempts);
        Views.putIfThere(view, "nextAt", dueAt);
        Views.putIfThere(view, "sentAt", sentAt);
        Views.putIfThere(view, "finishedAt", finishedAt);
        Views.putIfThere(view, "lastError", lastError);
        return view;
    }
}
