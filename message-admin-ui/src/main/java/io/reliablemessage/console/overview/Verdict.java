package io.reliablemessage.console.overview;

import io.reliablemessage.api.OverviewView;
import io.reliablemessage.console.page.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How things stand, in words.
 *
 * @param level {@code good}, {@code doubt} or {@code bad}
 * @param link where to look first
 */
record Verdict(String level, String headline, List<String> details, String link) {

    static Verdict of(OverviewView overview, Format format) {
        var down = overview.parts().stream()
                .filter(part -> !part.up())
                .map(part -> format.word("part.name", part.name()))
                .collect(Collectors.joining(", "));
        var details = new ArrayList<String>();
        if (overview.oldestUnacknowledgedAt() != null) {
            details.add(format.text("verdict.oldest", format.age(overview.oldestUnacknowledgedAt())));
        }
        if (overview.suspects() > 0) {
            details.add(format.text("verdict.suspects", overview.suspects()));
        }
        if (!down.isEmpty()) {
            if (overview.causes() > 0) {
                details.addFirst(format.text("verdict.causes", overview.causes()));
            }
            return new Verdict("bad", format.text("verdict.down", down), details, "/#parts");
        }
        if (overview.causes() > 0) {
            return new Verdict("bad", format.text("verdict.causes", overview.causes()), details, "/causes?window=PT1H");
        }
        if (overview.suspects() > 0) {
            return new Verdict("doubt", details.removeLast(), details, "/doubt?suspect=true");
        }
        return new Verdict("good", format.text("verdict.healthy"), details, "/messages?state=SENDING&window=all");
    }
}
