package io.reliablemessage.client.internal;

import io.reliablemessage.api.Headers;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The highest ledger epoch in the answers so far. Answers overtake each other, so the last one may be an earlier one. */
final class EpochWatermark {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

    private volatile @Nullable Long highest; // unsigned: 19 digits are too many for a signed one
    private volatile String seen = "";

    Optional<String> value() {
        return Optional.ofNullable(highest).map(Long::toUnsignedString);
    }

    /** To be called with every answer; those of others, such as a proxy's login page, do not count. */
    void follow(ServiceAnswer answer) {
        var epoch = answer.headers().firstValue(Headers.EPOCH).orElse(seen);
        if (!epoch.equals(seen) && answer.isJson() && NUMBER.matcher(epoch).matches()) {
            raise(Long.parseUnsignedLong(epoch));
            seen = epoch;
        }
    }

    private synchronized void raise(long epoch) {
        var before = highest;
        if (before == null || Long.compareUnsigned(epoch, before) > 0) {
            highest = epoch;
        }
    }
}
