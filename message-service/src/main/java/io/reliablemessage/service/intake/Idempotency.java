package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.IDEMPOTENCY_KEY_REUSED;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.api.Headers;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.schedule.Hourly;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Makes prepare repeatable for producers that cannot make a UUIDv7: their key stands for an id that the service makes.
 *
 * <p>The id is reserved before the message is stored, in a commit of its own. Whatever fails in between, the next call
 * with the key continues with the same id.
 */
@Component
class Idempotency {

    private static final Logger log = LoggerFactory.getLogger(Idempotency.class);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final IdempotencyStore keys;
    private final Hourly hourly = new Hourly();

    Idempotency(IdempotencyStore keys) {
        this.keys = keys;
    }

    /** Gives the message the id that its key stands for. */
    HalfMessage identify(HalfMessage message, @Nullable String key) {
        if (key == null) {
            return message;
        }
        if (!KEY.matcher(key).matches()) {
            throw invalid("%s is 1 to 255 visible ASCII characters.");
        }
        if (message.id() != null) {
            throw invalid("%s is for messages without an id; the id alone makes the call repeatable.");
        }
        return message.withId(keys.reserve(message.producer(), key));
    }

    /** An array's items would need a key each. */
    static void refuseForArrays(@Nullable String key) {
        if (key != null) {
            throw invalid("%s is for one message; give the items of an array ids.");
        }
    }

    /** Another message under a used key is the caller's mistake, not a race. */
    static void requireSameContent(@Nullable String key, PrepareResult preparation) {
        if (key != null && preparation instanceof PrepareResult.ContentDiffers(var id)) {
            throw new Problem(IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_REUSED.meaning()).with("messageId", id);
        }
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void forget() {
        try {
            hourly.run(keys::forget);
        } catch (DataAccessException failed) {
            log.atWarn().setCause(failed).log("old idempotency keys could not be deleted, tried again in a minute");
        }
    }

    private static Problem invalid(String detail) {
        return new Problem(INVALID_REQUEST, detail.formatted(Headers.IDEMPOTENCY_KEY));
    }
}
