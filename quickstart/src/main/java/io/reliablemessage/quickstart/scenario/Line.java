package io.reliablemessage.quickstart.scenario;

import io.reliablemessage.api.TimelineView;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that happened, in plain words. */
record Line(String what, String detail) {

    static Line of(TimelineView.Entry entry, String message) {
        var detail = Objects.requireNonNullElse(entry.detail(), "");
        return switch (entry.kind()) {
            case "PREPARED" -> new Line("prepared", "half message " + message + "; nobody receives it yet");
            case "CONFIRMED" -> new Line("confirmed", "by " + entry.actor() + "; delivery is certain from here");
            case "CANCELLED" -> new Line("cancelled", "by " + entry.actor() + ", which is final");
            case "CHECKED_BACK" ->
                new Line("asked", "the " + entry.actor() + ", by status-checker; its database says " + detail);
            case "SENT" -> new Line("sent", "to " + entry.subscription() + ", " + detail);
            case "REDELIVERED" ->
                new Line(
                        "sent again",
                        "to " + entry.subscription() + ", " + detail + ", by recovery-job; nobody had acknowledged it");
            case "CONSUMED" -> new Line("consumed", "by " + entry.subscription());
            case "BURIED" -> new Line("dead", "for " + entry.subscription() + ": " + detail);
            case "BROKER_CONFIRMED" -> new Line("kept", "by the broker for " + entry.subscription());
            case "RESENT" -> new Line("resent", "to " + entry.subscription() + " by " + entry.actor() + ": " + detail);
            default -> new Line(entry.kind().toLowerCase(Locale.ROOT), plain(entry.subscription()) + detail);
        };
    }

    private static String plain(@Nullable String subscription) {
        return subscription == null ? "" : subscription + " ";
    }
}
