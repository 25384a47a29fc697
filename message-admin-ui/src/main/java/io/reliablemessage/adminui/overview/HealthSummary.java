package io.reliablemessage.adminui.overview;

import io.reliablemessage.adminapi.overview.OverviewView;
import io.reliablemessage.adminui.page.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The overall health, in words.
 *
 * @param level {@code good}, {@code undecided} or {@code bad}
 * @param worst the most urgent finding
 */
record HealthSummary(String level, Finding worst, List<Finding> others) {

    /** A finding and the page that shows it. */
    record Finding(String text, String link) {}

    static HealthSummary of(OverviewView overview, Format format) {
        var down = down(overview, format);
        var causes = causes(overview, format);
        var oldest = oldest(overview, format);
        var suspects = suspects(overview, format);
        if (down != null) {
            return new HealthSummary("bad", down, given(causes, oldest, suspects));
        }
        if (causes != null) {
            return new HealthSummary("bad", causes, given(oldest, suspects));
        }
        if (suspects != null) {
            return new HealthSummary("undecided", suspects, given(oldest));
        }
        var healthy = new Finding(format.text("health.healthy"), "/messages?state=SENDING&window=all");
        return new HealthSummary("good", healthy, given(oldest));
    }

    private static @Nullable Finding down(OverviewView overview, Format format) {
        var down = overview.parts().stream()
                .filter(part -> !part.up())
                .map(part -> format.word("part.name", part.name()))
                .collect(Collectors.joining(", "));
        return down.isEmpty() ? null : new Finding(format.text("health.down", down), "/#parts");
    }

    private static @Nullable Finding causes(OverviewView overview, Format format) {
        return overview.causes() == 0
                ? null
                : new Finding(format.text("health.causes", overview.causes()), "/causes?window=PT1H");
    }

    private static @Nullable Finding oldest(OverviewView overview, Format format) {
        return overview.oldestUnacknowledgedAt() == null
                ? null
                : new Finding(
                        format.text("health.oldest", format.age(overview.oldestUnacknowledgedAt())),
                        "/messages?state=SENDING&window=all");
    }

    private static @Nullable Finding suspects(OverviewView overview, Format format) {
        return overview.suspects() == 0
                ? null
                : new Finding(format.text("health.suspects", overview.suspects()), "/undecided?suspect=true");
    }

    private static List<Finding> given(@Nullable Finding... findings) {
        return Arrays.stream(findings).filter(Objects::nonNull).toList();
    }
}
