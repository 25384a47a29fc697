package io.reliablemessage.service.admin.search;

import io.reliablemessage.service.model.MessageId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of found messages.
 *
 * @param ids newest first
 * @param next all further results are older than this one; null: there are none
 * @param isFull the page ends because it is full, not because the limit of rows was reached
 */
public record FoundMessage(List<MessageId> ids, @Nullable MessageId next, boolean isFull) {

    /** The results of one query, newest first; null: it has reached the end. */
    record Walk(List<MessageId> ids, @Nullable MessageId downTo) {}

    /** Only as far as all queries have come: beyond that, one has results that the others have not searched. */
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
