package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as its producer or one of its consumers sees it; a consumer sees its own deliveries only.
 *
 * @param state over the deliveries shown
 * @param suspect undecided for too long, or after too many check-backs
 * @param decidedBy who confirmed or cancelled it
 * @param checkbacks only while the message waits for its decision, or if there were check-backs
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
     * The check-backs of a message.
     *
     * @param nextAt the time of the next check-back
     * @param lastAnswer the producer's last answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Checkbacks(
            int attempts,
            @Nullable Instant nextAt,
            @Nullable String lastAnswer) {}

    /**
     * The message on its way to one subscription.
     *
     * @param attempts how many times it was sent to the broker
     * @param nextAt the time of the next send if no ack comes
     * @param sentAt the latest send to the broker
     * @param finishedAt the time it was consumed, rejected, given up or discarded
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
