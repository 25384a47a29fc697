package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.operation.OperationAction;
import io.reliablemessage.adminapi.operation.OperationPreview;
import io.reliablemessage.adminapi.operation.OperationPreview.OfSubscription;
import io.reliablemessage.adminapi.operation.OperationPreview.OfTopic;
import io.reliablemessage.adminapi.operation.OperationPreview.Skipped;
import io.reliablemessage.adminapi.operation.SkipReason;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.service.admin.operation.OperationTargetStore.Target;
import io.reliablemessage.service.admin.search.MessageFilter;
import io.reliablemessage.service.admin.search.MessageSearch;
import io.reliablemessage.service.message.MessageViewStore;
import io.reliablemessage.service.model.MessageId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Previews a bulk operation and changes nothing. */
@Component
class OperationPreviews {

    private static final int SAMPLE = 10;

    private final OperationScope scope;
    private final OperationTargetStore targets;
    private final MessageViewStore views;

    OperationPreviews(OperationScope scope, OperationTargetStore targets, MessageViewStore views) {
        this.scope = scope;
        this.targets = targets;
        this.views = views;
    }

    OperationPreview preview(OperationAction action, MessageFilter search, boolean runsAgain) {
        var matched = scope.find(search);
        Predicate<Target> isEligible =
                target -> BulkOperation.skips(action, runsAgain, target).isEmpty();
        var bySubscription =
                count(matched.targets(), isEligible, target -> target.name().subscription());
        var topics = targets.topics(bySubscription.keySet());
        return new OperationPreview(
                matched.targets().size(),
                (int) ids(matched.targets()).count(),
                matched.isCapped(),
                bySubscription.values().stream().mapToInt(Count::eligible).sum(),
                skipped(action, runsAgain, matched.targets()),
                sorted(count(matched.targets(), isEligible, target -> topicOf(target, topics)), OfTopic::new),
                sorted(bySubscription, OfSubscription::new),
                sample(matched.targets(), isEligible),
                matched.fingerprint());
    }

    private static String topicOf(Target target, Map<String, String> topics) {
        return topics.getOrDefault(target.name().subscription(), "");
    }

    private static List<Skipped> skipped(OperationAction action, boolean runsAgain, List<Target> targets) {
        var counts = new EnumMap<SkipReason, Integer>(SkipReason.class);
        targets.forEach(target -> BulkOperation.skips(action, runsAgain, target)
                .ifPresent(reason -> counts.merge(reason, 1, Integer::sum)));
        return counts.entrySet().stream()
                .map(count -> new Skipped(count.getKey(), count.getValue()))
                .toList();
    }

    private List<MessageView> sample(List<Target> oldestFirst, Predicate<Target> isEligible) {
        var ids = ids(oldestFirst.stream().filter(isEligible).toList())
                .limit(SAMPLE)
                .sorted(Comparator.<MessageId>reverseOrder())
                .toList();
        return views.find(ids, null).reversed().stream()
                .map(MessageSearch::listed)
                .toList();
    }

    private static Stream<MessageId> ids(List<Target> targets) {
        return targets.stream().map(target -> target.name().id()).distinct();
    }

    private static Map<String, Count> count(
            List<Target> targets, Predicate<Target> isEligible, Function<Target, String> key) {
        var counts = new HashMap<String, Count>();
        targets.forEach(
                target -> counts.merge(key.apply(target), new Count(1, isEligible.test(target) ? 1 : 0), Count::plus));
        return counts;
    }

    /** Most first. */
    private static <T> List<T> sorted(Map<String, Count> counts, Line<T> line) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Count>comparingByValue(
                                Comparator.comparing(Count::matched).reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(count -> line.of(count.getKey(), count.getValue().matched, count.getValue().eligible))
                .toList();
    }

    private record Count(int matched, int eligible) {
        Count plus(Count other) {
            return new Count(matched + other.matched, eligible + other.eligible);
        }
    }

    private interface Line<T> {
        T of(String name, int matched, int eligible);
    }
}
