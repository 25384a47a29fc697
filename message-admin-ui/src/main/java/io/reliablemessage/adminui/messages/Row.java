package io.reliablemessage.adminui.messages;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.MessageView.Delivery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message in a list. */
record Row(MessageView message) {

    static List<Row> of(List<MessageView> messages) {
        return messages.stream().map(Row::new).toList();
    }

    /** The time after which all messages are newer: lists are in the order of the ids, which begin with their time. */
    public Instant after() {
        long millis = Long.parseLong(message.id().replace("-", "").substring(0, 12), 16);
        return Instant.ofEpochMilli(millis + 1);
    }

    public int attempts() {
        return message.deliveries().stream().mapToInt(Delivery::attempts).max().orElse(0);
    }

    /** The time of the next delivery or check-back. */
    public @Nullable Instant nextAt() {
        var checkbacks = message.checkbacks();
        if (message.state() == MessageState.PENDING_CONFIRM) {
            return checkbacks == null ? null : checkbacks.nextAt();
        }
        return message.deliveries().stream()
                .map(Delivery::nextAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    public @Nullable String error() {
        return message.deliveries().stream()
                .map(Delivery::lastError)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
