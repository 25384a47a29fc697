package io.reliablemessage.quickstart.scenario;

import io.reliablemessage.api.TimelineView;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One line of a printed timeline. */
record TimelineLine(String what, String detail) {

    static TimelineLine of(TimelineView.Entry entry, String message) {
        var detail = Objects.requireNonNullElse(entry.detail(), "");
        return switch (entry.kind()) {
            case "PREPARED" -> new TimelineLine("prepared", "half message " + message + "; nobody receives it yet");
            case "CONFIRMED" ->
                new TimelineLine("confirmed", "by " + entry.actor() + "; delivery is certain from here");
            case "CANCELLED" -> new TimelineLine("cancelled", "by " + entry.actor() + ", which is final");
            case "CHECKED_BACK" ->
                new TimelineLine(
                        "check-back", "with the " + entry.actor() + ", by status-checker; its database says " + detail);
            case "SENT" -> new TimelineLine("sent", "to " + entry.subscription() + ", " + detail);
            case "REDELIVERED" ->
                new TimelineLine(
                        "sent again",
                        "to " + entry.subscription() + ", " + detail + ", by recovery-job; nobody had acknowledged it");
            case "CONSUMED" -> new TimelineLine("consumed", "by " + entry.subscription());
            case "BURIED" -> new TimelineLine("dead", "for " + entry.subscription() + ": " + detail);
            case "BROKER_CONFIRMED" -> new TimelineLine("kept", "by the broker for " + entry.subscription());
            case "RESENT" ->
                new TimelineLine("resent", "to " + entry.subscription() + " by " + entry.actor() + ": " + detail);
            default -> new TimelineLine(entry.kind().toLowerCase(Locale.ROOT), plain(entry.subscription()) + detail);
        };
    }

    private static String plain(@Nullable String subscription) {
        return subscription == null ? "" : subscription + " ";
    }
}
