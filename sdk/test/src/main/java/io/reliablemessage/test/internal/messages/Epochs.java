package io.reliablemessage.test.internal.messages;

import io.reliablemessage.test.internal.http.Problem;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ledger's epochs: the first, and one more with each restore. Safe for use by many threads. */
public final class Epochs {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final List<Instant> restores = new CopyOnWriteArrayList<>();

    public String current() {
        return String.valueOf(1 + restores.size());
    }

    public void restored(Instant to) {
        restores.add(to);
    }

    /** @param since an epoch; the view shows the earliest point that was restored to after it */
    public Map<String, Object> view(@Nullable String since) {
        var view = new LinkedHashMap<String, Object>();
        view.put("epoch", current());
        if (since != null) {
            Views.putIfThere(view, "restoredTo", restoredSince(since));
        }
        return view;
    }

    private @Nullable Instant restoredSince(String since) {
        Problem.require(NUMBER.matcher(since).matches(), "since is an epoch, a decimal number of 1 to 18 digits.");
        var epoch = new BigInteger(since);
        if (epoch.signum() == 0) {
            return Instant.EPOCH; // from before the first one: of another ledger, which is lost as a whole
        }
        var all = List.copyOf(restores);
        var seen = epoch.subtract(BigInteger.ONE).min(BigInteger.valueOf(all.size()));
        return all.subList(seen.intValue(), all.size()).stream()
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
