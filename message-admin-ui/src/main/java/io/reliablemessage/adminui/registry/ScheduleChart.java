package io.reliablemessage.adminui.registry;

import io.reliablemessage.adminapi.registry.SubscriptionsView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A subscription, its schedule drawn as a ladder: a rung for each send, the wait before it as its height. */
record ScheduleChart(SubscriptionsView.Item item) {

    private static final int HEIGHT = 40;
    private static final int LEAST = 4;

    /** One send; the first has no wait. */
    record Rung(int number, int x, int y, int height, Duration before) {}

    public List<Rung> rungs() {
        var waits = waits();
        long longest =
                Math.max(1, waits.stream().mapToLong(Duration::toMillis).max().orElse(1));
        var rungs = new ArrayList<Rung>();
        for (int i = 0; i < waits.size(); i++) {
            // Logarithmic: half a minute and an hour are both to be seen.
            double share = Math.log1p(waits.get(i).toMillis()) / Math.log1p(longest);
            int height = i == 0 ? LEAST : Math.max(LEAST, (int) Math.round(share * HEIGHT));
            rungs.add(new Rung(i + 1, i, HEIGHT - height, height, waits.get(i)));
        }
        return rungs;
    }

    private List<Duration> waits() {
        var waits = new ArrayList<Duration>();
        waits.add(Duration.ZERO);
        var before = Duration.ZERO;
        for (var after : item.subscription().preview()) {
            waits.add(after.minus(before));
            before = after;
        }
        return waits;
    }

    public Duration whole() {
        var preview = item.subscription().preview();
        return preview.isEmpty() ? Duration.ZERO : preview.getLast();
    }
}
