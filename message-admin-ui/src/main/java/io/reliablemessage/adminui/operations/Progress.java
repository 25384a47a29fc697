package io.reliablemessage.adminui.operations;

import io.reliablemessage.adminapi.operation.OperationAction;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminapi.operation.OperationView;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.PageUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The progress of an operation: re-sent and consumed deliveries are counted separately. */
record Progress(OperationView operation) {

    /** Servers take lines of some 8,000 characters. */
    private static final int MAX_IDS_IN_A_URL = 100;

    /** A number of the operation, with the list that it counts. */
    record Total(String name, int count, PageUrl items) {}

    public boolean isResend() {
        return operation.action() == OperationAction.RESEND;
    }

    /** In permille, of what matched. */
    public int done() {
        return share(isResend() ? operation.resent() : operation.discarded());
    }

    public int sent() {
        return share(operation.sent());
    }

    public int consumed() {
        return share(operation.consumed());
    }

    public int ended() {
        return share(operation.dead() + operation.rejected());
    }

    public boolean isUnderWay() {
        return operation.state() == OperationState.RUNNING || operation.state() == OperationState.CANARY;
    }

    public boolean isPaused() {
        return operation.state() == OperationState.PAUSED;
    }

    public boolean isStoppable() {
        return isUnderWay() || isPaused();
    }

    /** Something may still change by itself. */
    public boolean isLive() {
        return isUnderWay() || operation.resent() > operation.consumed() + operation.dead() + operation.rejected();
    }

    public boolean isRetryable() {
        return !isStoppable() && operation.failed() + operation.dead() + operation.rejected() > 0;
    }

    public List<Total> totals() {
        var totals = new ArrayList<Total>();
        if (isResend()) {
            totals.add(total("RESENT", operation.resent()));
            totals.add(total("SENT", operation.sent()));
            totals.add(total("CONSUMED", operation.consumed()));
            totals.add(total("DEAD", operation.dead()));
            totals.add(total("REJECTED", operation.rejected()));
        } else {
            totals.add(total("DISCARDED", operation.discarded()));
        }
        totals.add(total("SKIPPED", operation.skipped()));
        totals.add(total("FAILED", operation.failed()));
        totals.add(total("WAITING", operation.matched() - operation.done()));
        return totals;
    }

    private Total total(String outcome, int count) {
        return new Total(
                outcome, count, PageUrl.of("/operations/" + operation.id()).with("outcome", outcome));
    }

    /** The filter as text. */
    public String what(Format format) {
        var filter = operation.filter();
        var parts = new ArrayList<String>();
        add(parts, format, "state", filter.state() == null ? null : format.word("state", filter.state()));
        addIf(filter.overdue(), parts, format, "overdue");
        addIf(filter.suspect(), parts, format, "suspect");
        add(parts, format, "subscription", filter.subscription());
        add(parts, format, "topic", filter.topic());
        add(parts, format, "producer", filter.producer());
        add(parts, format, "key", filter.key());
        add(parts, format, "cause", filter.cause());
        add(parts, format, "minAttempts", filter.minAttempts());
        add(parts, format, "olderThan", filter.olderThan() == null ? null : format.duration(filter.olderThan()));
        add(
                parts,
                format,
                "ids",
                filter.ids() == null ? null : format.number(filter.ids().size()));
        add(parts, format, "from", filter.from() == null ? null : format.at(filter.from()));
        add(parts, format, "to", filter.to() == null ? null : format.at(filter.to()));
        if (operation.filterUnread() != null) { // of another version of the service
            operation.filterUnread().forEach((name, value) -> parts.add(name + " " + value));
        }
        return parts.isEmpty() ? format.text("operation.everything") : String.join(" · ", parts);
    }

    public PageUrl messages() {
        var filter = operation.filter();
        if (filter.ids() != null && filter.ids().size() > MAX_IDS_IN_A_URL) {
            return PageUrl.of("/operations/" + operation.id());
        }
        return PageUrl.of("/messages")
                .with("state", filter.state())
                .with("overdue", filter.overdue())
                .with("suspect", filter.suspect())
                .with("subscription", filter.subscription())
                .with("topic", filter.topic())
                .with("producer", filter.producer())
                .with("key", filter.key())
                .with("cause", filter.cause())
                .with("minAttempts", filter.minAttempts())
                .with("olderThan", filter.olderThan())
                .with("ids", filter.ids() == null ? null : ids(filter.ids()))
                .with("from", filter.from())
                .with("to", filter.to())
                .with("window", filter.from() == null ? "all" : null);
    }

    private static void add(List<String> parts, Format format, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(format.text("filter." + name) + " " + value);
        }
    }

    private static void addIf(@Nullable Boolean isAsked, List<String> parts, Format format, String name) {
        if (Boolean.TRUE.equals(isAsked)) {
            parts.add(format.text("filter." + name));
        }
    }

    private static String ids(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(","));
    }

    private int share(int part) {
        return operation.matched() == 0 ? 0 : (int) (1000L * part / operation.matched());
    }
}
