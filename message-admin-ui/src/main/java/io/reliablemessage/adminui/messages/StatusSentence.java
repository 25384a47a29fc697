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

/** What a message waits for, or how it ended, in one sentence. */
record StatusSentence(MessageView message, Format format) {

    public String sentence() {
        return switch (message.state()) {
            case PENDING_CONFIRM -> undecided();
            case CANCELLED -> format.text("standing.cancelled", by());
            case CONSUMED -> consumed();
            case SENDING -> sending();
            case DEAD -> about("standing.dead", DeliveryState.DEAD);
            case REJECTED -> about("standing.rejected", DeliveryState.REJECTED);
            case DISCARDED -> about("standing.discarded", DeliveryState.DISCARDED);
        };
    }

    private String undecided() {
        var checkbacks = message.checkbacks();
        if (checkbacks == null || checkbacks.attempts() == 0) {
            return message.suspect()
                    ? format.text("standing.neverAsked", message.producer())
                    : format.text(
                            "standing.undecided",
                            message.producer(),
                            checkbacks == null ? "" : format.until(checkbacks.nextAt()));
        }
        return format.text(
                message.suspect() ? "standing.suspect" : "standing.asked",
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
                "standing.consumed",
                message.deliveries().size(),
                format.span(
                        Duration.between(Objects.requireNonNullElse(message.decidedAt(), message.createdAt()), last)));
    }

    private String sending() {
        var open = in(DeliveryState.SENDING);
        if (open.isEmpty()) {
            return format.text("standing.confirmed");
        }
        var first = open.getFirst();
        var key = first.attempts() == 0
                ? "standing.unsent"
                : first.attempts() == 1 ? "standing.sending" : "standing.redelivering";
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
