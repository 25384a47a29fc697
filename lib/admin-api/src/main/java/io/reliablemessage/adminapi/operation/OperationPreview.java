package io.reliablemessage.adminapi.operation;

import io.reliablemessage.api.MessageView;
import java.util.List;

/**
 * What an operation would do now. Numbers are of deliveries, if not said otherwise.
 *
 * @param matched for which the filter holds
 * @param messages that these deliveries are of
 * @param capped there may be more than one operation takes: narrow the filter
 * @param eligible that could take the step
 * @param notEligible the others, by the reason
 * @param sample the eligible ones whose turn would come first
 */
public record OperationPreview(
        int matched,
        int messages,
        boolean capped,
        int eligible,
        List<Skipped> notEligible,
        List<OfTopic> byTopic,
        List<OfSubscription> bySubscription,
        List<MessageView> sample) {

    /** How many would be skipped for one reason. */
    public record Skipped(SkipReason reason, int count) {}

    /** How many are of one topic. */
    public record OfTopic(String topic, int matched, int eligible) {}

    /** How many are of one subscription. */
    public record OfSubscription(String subscription, int matched, int eligible) {}
}
