package io.reliablemessage.service.registry;

import static io.reliablemessage.api.ProblemType.UNSUPPORTED_KIND;

import io.reliablemessage.api.SubscriptionKind;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.problem.Problem;

/** A requested subscription whose values are checked. */
record CheckedSubscription(String topic, SubscriptionKind kind, DeliveryPolicy terms, boolean retired) {

    static CheckedSubscription of(SubscriptionRequest request) {
        var kind = request.kind() == null ? SubscriptionKind.QUEUE : request.kind();
        if (kind != SubscriptionKind.QUEUE) {
            throw new Problem(UNSUPPORTED_KIND, "Subscriptions of kind %s do not exist yet.".formatted(kind));
        }
        return new CheckedSubscription(
                Names.checked("topic", request.topic()),
                kind,
                new DeliveryPolicy(request.schedule(), request.maxAttempts(), request.ratePerSecond()),
                Boolean.TRUE.equals(request.retired()));
    }
}
