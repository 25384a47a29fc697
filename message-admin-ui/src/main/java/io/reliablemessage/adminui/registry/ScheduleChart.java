package io.reliablemessage.adminui.registry;

import io.reliablemessage.adminapi.registry.SubscriptionsView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A subscription with its schedule as a chart: a bar for each send, as high as the wait before it. */
record ScheduleChart(SubscriptionsView.Item item) {

    private static final int HEIGHT = 40;
    private static final int LEAST = 4;

    /** One send; the first has no wait. */
    record Attempt(int number, int x, int y, int height, Duration before) {}

    public List<Attempt> attempts() {
        var waits = waits();
        long longest =
                Math.max(1, waits.stream().mapToLong(Duration::toMillis).max().orElse(1));
        var attempts = new ArrayList<Attempt>();
        for (int i = 0; i < waits.size(); i++) {
            // Logarithmic: half a minute and an hour are both to be seen.
            double share = Math.log1p(waits.get(i).toMillis()) / Math.log1p(longest);
            int height = i == 0 ? LEAST : Math.max(LEAST, (int) Math.round(share * HEIGHT));
            attempts.add(new Attempt(i + 1, i, HEIGHT - height, height, waits.get(i)));
        }
        return attempts;
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

    public Duration total() {
        var preview = item.subscription().preview();
        return preview.isEmpty() ? Duration.ZERO : preview.getLast();
    }
}
