package io.reliablemessage.service.admin.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;

import io.reliablemessage.service.admin.operation.OperationTargetStore.Target;
import io.reliablemessage.service.admin.search.MessageFilter;
import io.reliablemessage.service.platform.security.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds the deliveries that match a filter, up to an operation's limit, in bounded steps. */
@Component
class OperationScope {

    private static final int MESSAGES = 10_000;
    private static final int MAX_STEPS = 100;

    private final OperationTargetStore targets;
    private final OperationProperties properties;

    OperationScope(OperationTargetStore targets, OperationProperties properties) {
        this.targets = targets;
        this.properties = properties;
    }

    Matched find(MessageFilter search) {
        var newestFirst = new ArrayList<Target>();
        var from = search;
        for (var step = 0; step < MAX_STEPS; step++) {
            var page = targets.find(from, MESSAGES, properties.dedupeWindow());
            newestFirst.addAll(page.targets());
            if (newestFirst.size() > properties.maxDeliveries()) {
                break;
            }
            if (page.next() == null) {
                return matched(newestFirst, false);
            }
            from = from.before(page.next());
        }
        return matched(newestFirst, true);
    }

    private Matched matched(List<Target> found, boolean isCapped) {
        var oldestFirst = found.stream()
                .sorted(Comparator.comparing((Target target) -> target.name().id())
                        .thenComparing(target -> target.name().subscription()))
                .collect(toCollection(ArrayList::new));
        return new Matched(Collections.unmodifiableList(oldestFirst), isCapped);
    }

    /**
     * The deliveries that match a filter.
     *
     * @param targets oldest first
     * @param isCapped there may be more than one operation accepts
     */
    record Matched(List<Target> targets, boolean isCapped) {

        /** Names this very set: with another delivery in it, or one less, it is another. */
        String fingerprint() {
            var digest = Sha256.digest();
            targets.forEach(target -> digest.update("%s %s\n"
                    .formatted(target.name().id(), target.name().subscription())
                    .getBytes(UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
