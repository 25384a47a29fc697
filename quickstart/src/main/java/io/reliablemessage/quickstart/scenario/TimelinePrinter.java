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

/** Prints a message's timeline while it grows, each entry once. */
final class TimelinePrinter {

    /** Many times what a busy machine needs. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private record Moment(Instant at, TimelineLine line, boolean isExact) {}

    private final ScenarioContext context;
    private final ReliableMessageClient messages;
    private final String message;
    private final Set<TimelineView.Entry> printed = new HashSet<>();
    private final List<Moment> known = new ArrayList<>();
    private final Map<String, TimelineLine> reasons = new HashMap<>();

    TimelinePrinter(ScenarioContext context, ReliableMessageClient messages, String message) {
        this.context = context;
        this.messages = messages;
        this.message = message;
    }

    /** Adds an event that the message service does not know; it is printed at its time. */
    TimelinePrinter with(Instant at, String what, String detail) {
        known.add(new Moment(at, new TimelineLine(what, detail), true));
        return this;
    }

    /** Adds the reason for an entry; it is printed just before the entry, without a time. */
    TimelinePrinter withReason(String kind, String what, String detail) {
        reasons.put(kind, new TimelineLine(what, detail));
        return this;
    }

    /** Prints new entries until the message is as wanted. */
    MessageView until(String wanted, Predicate<MessageView> isAsWanted) {
        var deadline = Instant.now().plus(TIMEOUT);
        while (true) {
            var view = messages.get(message);
            printNewEntries();
            if (isAsWanted.test(view)) {
                return view;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new ScenarioFailed("after %d s message %s is not %s, but %s"
                        .formatted(TIMEOUT.toSeconds(), message, wanted, view));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void printNewEntries() {
        var timeline = messages.timeline(message).items();
        if (isWithoutReason(timeline)) {
            return;
        }
        var beginning = timeline.getFirst().at();
        timeline.stream().filter(printed::add).forEach(this::add);
        known.sort(Comparator.comparing(Moment::at)); // stable: what has the same time stays as the service ordered it
        known.forEach(moment -> {
            var after = Duration.between(beginning, moment.at);
            context.print(moment.isExact ? after : null, moment.line.what(), moment.line.detail());
        });
        known.clear();
    }

    /** An answer is stored a moment after the decision that it brought. */
    private static boolean isWithoutReason(List<TimelineView.Entry> timeline) {
        return timeline.stream().anyMatch(entry -> entry.actor().equals("check-back"))
                && timeline.stream().noneMatch(entry -> entry.kind().equals("CHECKED_BACK"));
    }

    private void add(TimelineView.Entry entry) {
        var reason = reasons.remove(entry.kind());
        if (reason != null) {
            known.add(new Moment(entry.at(), reason, false));
        }
        known.add(new Moment(entry.at(), TimelineLine.of(entry, message), true));
    }
}
