package io.reliablemessage.adminapi.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of an operation's deliveries, oldest message first.
 *
 * @param next the cursor of the next page; none: this is the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationItemsView(List<Item> items, @Nullable String next) {

    /**
     * The outcome of one delivery.
     *
     * @param reason why it was skipped (such as {@code CONSUMED}) or failed (a text)
     * @param at the time of the outcome
     * @param sent the broker has confirmed it since the resend, or its consumer has answered, as of the last update
     * @param became its state since the resend, as of the last update: a delivery's state, {@code RESENT_AGAIN} if it
     *     was resent again, {@code GONE} if its day was dropped
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            String messageId,
            String subscription,
            OperationOutcome outcome,
            @Nullable String reason,
            @Nullable Instant at,
            boolean sent,
            @Nullable String became) {}
}
