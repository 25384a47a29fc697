package io.reliablemessage.test.internal.registry;

import io.reliablemessage.test.internal.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A registered subscription. */
public record Subscription(
        String name,
        String topic,
        String application,
        Policy policy,
        @Nullable Instant retiredAt) {

    /** As with the real service; no broker has it. */
    private static final String QUEUE_PREFIX = "rm.";

    public boolean isActive() {
        return retiredAt == null;
    }

    /** Whether it receives what was prepared then. */
    public boolean receives(Instant preparedAt) {
        return retiredAt == null || retiredAt.isAfter(preparedAt);
    }

    Subscription retired(Instant at) {
        return new Subscription(name, topic, application, policy, at);
    }

    Map<String, Object> view() {
        var view = new LinkedHashMap<String, Object>();
        view.put("name", name);
        view.put("topic", topic);
        view.put("application", application);
        view.put("kind", "QUEUE");
        view.put("queue", QUEUE_PREFIX + name);
        view.put("schedule", policy.waits());
        view.put("maxAttempts", policy.attempts());
        if (policy.ratePerSecond() != null) {
            view.put("ratePerSecond", policy.ratePerSecond());
        }
        view.put("overridden", false);
        view.put("paused", false);
        view.put("preview", policy.preview());
        if (retiredAt != null) {
            view.put("retiredAt", retiredAt);
        }
        return view;
    }

    /**
     * When a delivery is sent again or given up.
     *
     * @param schedule null: the service's
     * @param maxAttempts null: the service's
     */
    public record Policy(
            @Nullable List<Duration> schedule,
            @Nullable Integer maxAttempts,
            @Nullable Integer ratePerSecond) {

        public static final Policy DEFAULT = new Policy(null, null, null);

        private static final List<Duration> SCHEDULE = List.of(
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofHours(1));
        private static final int ATTEMPTS = 12;
        private static final int MAX_SCHEDULE_LENGTH = 50;
        private static final int MAX_ATTEMPTS = 1000;
        private static final int HIGHEST_RATE = 100_000;
        private static final Duration MIN_WAIT = Duration.ofMillis(100);
        private static final Duration MAX_WAIT = Duration.ofDays(7);
        private static final int PREVIEWED = 20;

        Policy checked() {
            if (schedule != null) {
                Problem.require(
                        !schedule.isEmpty() && schedule.size() <= MAX_SCHEDULE_LENGTH, "schedule takes 1 to 50 waits.");
                Problem.require(
                        schedule.stream()
                                .allMatch(wait -> wait.compareTo(MIN_WAIT) >= 0 && wait.compareTo(MAX_WAIT) <= 0),
                        "schedule takes waits of %s to %s.".formatted(MIN_WAIT, MAX_WAIT));
            }
            requireBetween("maxAttempts", maxAttempts, MAX_ATTEMPTS);
            requireBetween("ratePerSecond", ratePerSecond, HIGHEST_RATE);
            return this;
        }

        List<Duration> waits() {
            return Objects.requireNonNullElse(schedule, SCHEDULE);
        }

        public int attempts() {
            return Objects.requireNonNullElse(maxAttempts, ATTEMPTS);
        }

        /** The last wait repeats. The service adds up to a tenth at random, a test wants to know when. */
        public Duration waitAfter(int attempt) {
            return waits().get(Math.min(attempt, waits().size()) - 1);
        }

        private List<Duration> preview() {
            var times = new ArrayList<Duration>();
            var time = Duration.ZERO;
            for (var attempt = 1; attempt < attempts() && attempt <= PREVIEWED; attempt++) {
                time = time.plus(waitAfter(attempt));
                times.add(time);
            }
            return times;
        }

        private static void requireBetween(String member, @Nullable Integer value, int most) {
            Problem.require(
                    value == null || (value >= 1 && value <= most), "%s takes 1 to %d.".formatted(member, most));
        }
    }
}
