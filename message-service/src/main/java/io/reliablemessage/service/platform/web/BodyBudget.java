package io.reliablemessage.service.platform.web;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.service.platform.problem.Problem;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Limits the bytes of all bodies in memory. Large bodies leave an eighth to small ones, which so never starve. */
@Component
class BodyBudget {

    private static final int SMALL = 64 * 1024;

    private final AtomicLong taken = new AtomicLong();
    private final long max;
    private final long maxWithLarge;

    BodyBudget(BodyProperties properties) {
        max = properties.maxTotal().toBytes();
        maxWithLarge = max / 8 * 7;
    }

    Share newShare() {
        return new Share();
    }

    private boolean tryTake(long bytes, long limit) {
        var before = taken.get();
        while (before + bytes <= limit) {
            var witness = taken.compareAndExchange(before, before + bytes);
            if (witness == before) {
                return true;
            }
            before = witness;
        }
        return false;
    }

    /** The bytes of one call. Used by its thread only. */
    final class Share {

        private long held;

        /** Makes the share at least this large, or refuses the call. */
        void growTo(long bytes) {
            if (bytes <= held) {
                return;
            }
            if (!tryTake(bytes - held, bytes <= SMALL ? max : maxWithLarge)) {
                throw new Problem(UNAVAILABLE, "Too many bytes of other calls are under way. Repeat the call.");
            }
            held = bytes;
        }

        void giveBack() {
            taken.addAndGet(-held);
            held = 0;
        }
    }
}
