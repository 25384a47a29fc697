package io.reliablemessage.service.admin.search;

import io.reliablemessage.service.model.MessageId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was looked for.
 *
 * @param ids newest first
 * @param next all that may follow is older than this one; null: nothing follows
 * @param isFull the page ends because it is full, not because enough was looked at
 */
public record FoundMessage(List<MessageId> ids, @Nullable MessageId next, boolean isFull) {

    /** What one way through the ledger has found, newest first; null: it has come to the end. */
    record Walk(List<MessageId> ids, @Nullable MessageId downTo) {}

    /** Only as far as all have come: behind that, one knows of messages that the others have not looked for. */
    static FoundMessage of(List<Walk> walks, int limit) {
        var downTo = walks.stream()
                .flatMap(walk -> Optional.ofNullable(walk.downTo).stream())
                .max(Comparator.naturalOrder());
        var ids = walks.stream()
                .flatMap(walk -> walk.ids.stream())
                .filter(id -> downTo.isEmpty() || id.compareTo(downTo.get()) >= 0)
                .sorted(Comparator.reverseOrder())
                .toList();
        return ids.size() > limit
                ? new FoundMessage(ids.subList(0, limit), ids.get(limit - 1), true)
                : new FoundMessage(ids, downTo.orElse(null), false);
    }
}
