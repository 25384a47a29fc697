package io.reliablemessage.service.registry;

import static io.reliablemessage.api.ProblemType.UNSUPPORTED_KIND;

import io.reliablemessage.api.SubscriptionKind;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.service.platform.problem.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subscription as asked for, with its values found allowed. */
record CheckedSubscription(
        String topic,
        SubscriptionKind kind,
        @Nullable List<Duration> schedule,
        @Nullable Integer maxAttempts,
        boolean retired) {

    private static final int LONGEST_SCHEDULE = 50;
    private static final int MOST_ATTEMPTS = 1000;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    static CheckedSubscription of(SubscriptionRequest request) {
        var kind = request.kind() == null ? SubscriptionKind.QUEUE : request.kind();
        if (kind != SubscriptionKind.QUEUE) {
            throw new Problem(UNSUPPORTED_KIND, "Subscriptions of kind %s do not exist yet.".formatted(kind));
        }
        var schedule = request.schedule();
        if (schedule != null) {
            Names.require(
                    !schedule.isEmpty() && schedule.size() <= LONGEST_SCHEDULE,
                    "schedule takes 1 to %d waits.".formatted(LONGEST_SCHEDULE));
            Names.require(
                    schedule.stream()
                            .allMatch(wait -> wait != null
                                    && wait.compareTo(SHORTEST_WAIT) >= 0
                                    && wait.compareTo(LONGEST_WAIT) <= 0),
                    "schedule takes waits of %s to %s.".formatted(SHORTEST_WAIT, LONGEST_WAIT));
        }
        var attempts = request.maxAttempts();
        Names.require(
                attempts == null || (attempts >= 1 && attempts <= MOST_ATTEMPTS),
                "maxAttempts takes 1 to %d.".formatted(MOST_ATTEMPTS));
        return new CheckedSubscription(
                Names.checked("topic", request.topic()),
                kind,
                schedule,
                attempts,
                Boolean.TRUE.equals(request.retired()));
    }
}
