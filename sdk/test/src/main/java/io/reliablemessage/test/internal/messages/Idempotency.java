package io.reliablemessage.test.internal.messages;

import static io.reliablemessage.api.ProblemType.CONTENT_DIFFERS;
import static io.reliablemessage.api.ProblemType.IDEMPOTENCY_KEY_REUSED;

import io.reliablemessage.api.Headers;
import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.http.MessageId;
import io.reliablemessage.test.internal.http.Problem;
import io.reliablemessage.test.internal.messages.Ledger.Prepared;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes prepare repeatable for producers that cannot make a UUIDv7. Guarded by {@link Guard}. */
public final class Idempotency {

    private static final Duration KEPT = Duration.ofDays(7);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final Clock clock;
    private final Map<List<String>, Reserved> reserved = new HashMap<>();

    public Idempotency(Clock clock) {
        this.clock = clock;
    }

    private record Reserved(MessageId id, Instant at) {}

    /** Stores the message under the id that its key stands for. */
    public Prepared store(HalfMessage half, @Nullable String key, Function<HalfMessage, Prepared> store) {
        if (key == null) {
            return store.apply(half);
        }
        Problem.require(KEY.matcher(key).matches(), Headers.IDEMPOTENCY_KEY + " is 1 to 255 visible ASCII characters.");
        Problem.require(
                half.id() == null,
                Headers.IDEMPOTENCY_KEY + " is for messages without an id; the id alone makes the call repeatable.");
        var id = reserve(half.producer(), key);
        try {
            return store.apply(half.withId(id));
        } catch (Problem problem) {
            throw problem.type() == CONTENT_DIFFERS
                    ? Problem.of(IDEMPOTENCY_KEY_REUSED).with("messageId", id)
                    : problem;
        }
    }

    public static void refuseForArrays(@Nullable String key) {
        Problem.require(key == null, Headers.IDEMPOTENCY_KEY + " is for one message; give the items of an array ids.");
    }

    public void clear() {
        reserved.clear();
    }

    public void rewind(Instant to) {
        reserved.values().removeIf(reservation -> reservation.at().isAfter(to));
    }

    private MessageId reserve(String application, String key) {
        var now = clock.instant();
        return reserved.merge(
                        List.of(application, key),
                        new Reserved(MessageId.at(now), now),
                        (before, made) -> before.at().isBefore(now.minus(KEPT)) ? made : before)
                .id();
    }
}
