package io.reliablemessage.service.epoch;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.api.LedgerView;
import io.reliablemessage.service.platform.problem.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows the ledger's epoch, and begins another one when an operator reports a restore. */
@Component
public class Epochs {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final EpochStore store;
    private final EpochCache cache;

    Epochs(EpochStore store, EpochCache cache) {
        this.store = store;
        this.cache = cache;
    }

    /** @param since as {@code RM-Epoch} had it; it need not be an epoch of this ledger, since a restore loses epochs */
    LedgerView view(@Nullable String since) {
        if (since != null && !NUMBER.matcher(since).matches()) {
            throw new Problem(INVALID_REQUEST, "since is an epoch, a decimal number of 1 to 18 digits.");
        }
        return store.view(since == null ? null : Long.valueOf(since));
    }

    /**
     * Begins an epoch for a restore to this point, within the caller's transaction. If there is one already, it stays:
     * it would be gone if the ledger had been restored to this point again.
     */
    public Begun begin(Instant restoredTo) {
        var point = restoredTo.truncatedTo(ChronoUnit.MICROS); // as it is stored
        store.lock();
        if (!store.isPast(point)) {
            throw new Problem(INVALID_REQUEST, "restoredTo is in the future; it is the point that was restored.");
        }
        var isNew = store.find(point).isEmpty();
        var epoch = isNew ? store.begin(point, EpochCause.OPERATOR, cache.number()) : store.newest();
        return new Begun(new LedgerView(Long.toString(epoch.number()), point), isNew);
    }

    /**
     * The epoch in force after a reported restore.
     *
     * @param isNew whether there was no epoch of this restore yet
     */
    public record Begun(LedgerView view, boolean isNew) {}
}
