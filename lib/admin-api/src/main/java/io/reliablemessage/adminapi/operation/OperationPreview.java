package io.reliablemessage.adminapi.operation;

import io.reliablemessage.api.MessageView;
import java.util.List;

/**
 * The preview of an operation. Numbers count deliveries unless stated otherwise.
 *
 * @param matched deliveries that match the filter
 * @param messages the number of their messages
 * @param capped there may be more than one operation accepts: narrow the filter
 * @param eligible deliveries that could take the step
 * @param notEligible the others, by the reason
 * @param sample the first eligible ones in order
 * @param fingerprint names the matching deliveries; an operation started with it acts on these or not at all
 */
public record OperationPreview(
        int matched,
        int messages,
        boolean capped,
        int eligible,
        List<Skipped> notEligible,
        List<OfTopic> byTopic,
        List<OfSubscription> bySubscription,
        List<MessageView> sample,
        String fingerprint) {

    /** How many would be skipped for one reason. */
    public record Skipped(SkipReason reason, int count) {}

    /** How many are of one topic. */
    public record OfTopic(String topic, int matched, int eligible) {}

    /** How many are of one subscription. */
    public record OfSubscription(String subscription, int matched, int eligible) {}
}
