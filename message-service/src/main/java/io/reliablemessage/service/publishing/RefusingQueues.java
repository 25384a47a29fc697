package io.reliablemessage.service.publishing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Queues to which the broker has refused one send after the other (they are full). They rest for longer
 * and longer, up to a minute; then one send shows whether that is over. A single confirm ends it.
 */
@Component
public class RefusingQueues {

    private static final int MANY = 20;
    private static final int MAX_DOUBLINGS = 6; // 64 s
    private static final Duration MAX_REST = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Map<String, Refusing> queues = new ConcurrentHashMap<>();

    @Autowired
    RefusingQueues() {
        this(System::nanoTime);
    }

    RefusingQueues(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void refused(String queue) {
        var now = nanoTime.getAsLong();
        queues.compute(queue, (name, before) -> Refusing.next(before, now));
    }

    void confirmed(String queue) {
        if (!queues.isEmpty()) { // usually, and asked for each send
            queues.remove(queue);
        }
    }

    /** How many of the due deliveries to a queue are worth a try now. */
    public int worthTrying(String queue, int due) {
        var refusing = queues.get(queue);
        if (refusing == null || refusing.refusals < MANY) {
            return due;
        }
        return refusing.restsUntil - nanoTime.getAsLong() > 0 ? 0 : Math.min(due, 1);
    }

    /**
     * @param refusals in a row
     * @param rests how often it has rested
     * @param restsUntil by the clock
     */
    private record Refusing(int refusals, int rests, long restsUntil) {

        static Refusing next(@Nullable Refusing before, long now) {
            if (before == null) {
                return new Refusing(1, 0, now);
            }
            var refusals = Math.min(MANY, before.refusals + 1);
            var startsToRest = refusals == MANY && before.restsUntil - now <= 0;
            return startsToRest
                    ? new Refusing(refusals, Math.min(MAX_DOUBLINGS, before.rests + 1), now + rest(before.rests))
                    : new Refusing(refusals, before.rests, before.restsUntil);
        }

        private static long rest(int rests) {
            return Math.min(MAX_REST.toNanos(), Duration.ofSeconds(1L << rests).toNanos());
        }
    }
}
