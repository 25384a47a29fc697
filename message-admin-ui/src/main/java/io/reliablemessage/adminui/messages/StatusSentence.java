package io.reliablemessage.adminui.messages;

import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.MessageView.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Describes in one sentence what a message waits for, or how it ended. */
record StatusSentence(MessageView message, Format format) {

    public String sentence() {
        return switch (message.state()) {
            case PENDING_CONFIRM -> undecided();
            case CANCELLED -> format.text("status.cancelled", by());
            case CONSUMED -> consumed();
            case SENDING -> sending();
            case DEAD -> about("status.dead", DeliveryState.DEAD);
            case REJECTED -> about("status.rejected", DeliveryState.REJECTED);
            case DISCARDED -> about("status.discarded", DeliveryState.DISCARDED);
        };
    }

    private String undecided() {
        var checkbacks = message.checkbacks();
        if (checkbacks == null || checkbacks.attempts() == 0) {
            return message.suspect()
                    ? format.text("status.neverCheckedBack", message.producer())
                    : format.text(
                            "status.undecided",
                            message.producer(),
                            checkbacks == null ? "" : format.until(checkbacks.nextAt()));
        }
        return format.text(
                message.suspect() ? "status.suspect" : "status.checkedBack",
                message.producer(),
                checkbacks.attempts(),
                format.until(checkbacks.nextAt()),
                format.word("answer", Objects.requireNonNullElse(checkbacks.lastAnswer(), "NONE")));
    }

    private String by() {
        return Objects.requireNonNullElse(message.decidedBy(), "");
    }

    private String consumed() {
        var last = message.deliveries().stream()
                .map(Delivery::finishedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(message.createdAt());
        return format.text(
                "status.consumed",
                message.deliveries().size(),
                format.duration(
                        Duration.between(Objects.requireNonNullElse(message.decidedAt(), message.createdAt()), last)));
    }

    private String sending() {
        var open = in(DeliveryState.SENDING);
        if (open.isEmpty()) {
            return format.text("status.confirmed");
        }
        var first = open.getFirst();
        var key = first.attempts() == 0
                ? "status.firstSend"
                : first.attempts() == 1 ? "status.sending" : "status.redelivering";
        return format.text(key, first.subscription(), first.attempts(), format.until(first.nextAt()), open.size() - 1);
    }

    private String about(String key, DeliveryState state) {
        var ended = in(state);
        var first = ended.getFirst();
        return format.text(
                key,
                first.subscription(),
                first.attempts(),
                Objects.requireNonNullElse(first.lastError(), ""),
                ended.size() - 1);
    }

    private List<Delivery> in(DeliveryState state) {
        return message.deliveries().stream()
                .filter(delivery -> delivery.state() == state)
                .sorted(Comparator.comparing(
                        Delivery::nextAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))
                .toList();
    }

    public boolean isWaiting() {
        return message.state() == MessageState.PENDING_CONFIRM || message.state() == MessageState.SENDING;
    }
}
