package io.reliablemessage.quickstart.scenario;

import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.TimelineView;
import io.reliablemessage.client.ReliableMessageClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Tells a message's timeline while it grows, each entry once. */
final class TimelinePrinter {

    /** Many times what a busy machine needs. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private record Moment(Instant at, TimelineLine line, boolean isExact) {}

    private final ScenarioContext stage;
    private final ReliableMessageClient messages;
    private final String message;
    private final Set<TimelineView.Entry> told = new HashSet<>();
    private final List<Moment> known = new ArrayList<>();
    private final Map<String, TimelineLine> reasons = new HashMap<>();

    TimelinePrinter(ScenarioContext stage, ReliableMessageClient messages, String message) {
        this.stage = stage;
        this.messages = messages;
        this.message = message;
    }

    /** Adds what the message service cannot know; it is told in its place. */
    TimelinePrinter knowing(Instant at, String what, String detail) {
        known.add(new Moment(at, new TimelineLine(what, detail), true));
        return this;
    }

    /** Adds why something of the timeline happens, which is told just before it, without a time. */
    TimelinePrinter knowing(String kind, String what, String detail) {
        reasons.put(kind, new TimelineLine(what, detail));
        return this;
    }

    /** Tells on until the message is as it should be. */
    MessageView until(String wanted, Predicate<MessageView> isAsWanted) {
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            var view = messages.get(message);
            tellWhatIsNew();
            if (isAsWanted.test(view)) {
                return view;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new ScenarioFailed("after %d s message %s is not %s, but %s"
                        .formatted(PATIENCE.toSeconds(), message, wanted, view));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void tellWhatIsNew() {
        var timeline = messages.timeline(message).items();
        if (isWithoutReason(timeline)) {
            return;
        }
        var beginning = timeline.getFirst().at();
        timeline.stream().filter(told::add).forEach(this::learn);
        known.sort(Comparator.comparing(Moment::at)); // stable: what has the same time stays as the service ordered it
        known.forEach(moment -> {
            var after = Duration.between(beginning, moment.at);
            stage.tell(moment.isExact ? after : null, moment.line.what(), moment.line.detail());
        });
        known.clear();
    }

    /** An answer is written down a moment after the decision that it brought. */
    private static boolean isWithoutReason(List<TimelineView.Entry> timeline) {
        return timeline.stream().anyMatch(entry -> entry.actor().equals("check-back"))
                && timeline.stream().noneMatch(entry -> entry.kind().equals("CHECKED_BACK"));
    }

    private void learn(TimelineView.Entry entry) {
        var reason = reasons.remove(entry.kind());
        if (reason != null) {
            known.add(new Moment(entry.at(), reason, false));
        }
        known.add(new Moment(entry.at(), TimelineLine.of(entry, message), true));
    }
}
