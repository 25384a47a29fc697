package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as its producer or one of its consumers sees it; a consumer sees its own deliveries only.
 *
 * @param state over the deliveries shown
 * @param suspect undecided for so long, or asked for so often, that somebody should look
 * @param decidedBy who confirmed or cancelled it
 * @param checkbacks only while the message waits for its decision, or when it was ever asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageView(
        String id,
        String topic,
        String key,
        String producer,
        MessageState state,
        boolean suspect,
        Instant createdAt,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        @Nullable Instant deliverAt,
        @Nullable Checkbacks checkbacks,
        List<Delivery> deliveries) {

    /**
     * How often the producer was asked for its decision.
     *
     * @param nextAt when it is asked next
     * @param lastAnswer what it said last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Checkbacks(
            int attempts,
            @Nullable Instant nextAt,
            @Nullable String lastAnswer) {}

    /**
     * The message on its way to one subscription.
     *
     * @param attempts how often it was handed to the broker
     * @param nextAt when it is sent next if no ack comes
     * @param sentAt the latest hand-over to the broker
     * @param finishedAt when it was consumed, rejected, buried or discarded
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Delivery(
            String subscription,
            DeliveryState state,
            int attempts,
            @Nullable Instant nextAt,
            @Nullable Instant sentAt,
            @Nullable Instant finishedAt,
            @Nullable String lastError) {}
}
