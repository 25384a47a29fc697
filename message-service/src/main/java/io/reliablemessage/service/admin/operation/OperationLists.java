package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.operation.OperationItemsView;
import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminapi.operation.OperationsView;
import io.reliablemessage.service.admin.common.Cursor;
import io.reliablemessage.service.admin.common.QueryRules;
import io.reliablemessage.service.admin.operation.OperationStore.Place;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.Names;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists of operations and of their items, in pages; a cursor names its list and the position. */
@Component
class OperationLists {

    private final OperationStore operations;
    private final OperationItemStore items;

    OperationLists(OperationStore operations, OperationItemStore items) {
        this.operations = operations;
        this.items = items;
    }

    OperationsView operations(@Nullable OperationState state, @Nullable String cursor, int limit) {
        var list = "operations " + state;
        var before = Objects.requireNonNullElse(Cursor.read(list, cursor, OperationLists::place), Place.START);
        var found = operations.list(state, before, limit + 1);
        var page = first(found, limit);
        return new OperationsView(
                page,
                found.size() > limit
                        ? Cursor.behind(
                                list, page.getLast().startedAt(), page.getLast().id())
                        : null);
    }

    private static Place place(List<String> words) {
        var startedAt = QueryRules.within("cursor", Instant.parse(words.getFirst()));
        return new Place(startedAt.toString(), UUID.fromString(words.getLast()));
    }

    OperationItemsView items(UUID id, @Nullable OperationOutcome outcome, @Nullable String cursor, int limit) {
        var list = "items %s %s".formatted(id, outcome);
        var after = Objects.requireNonNullElse(
                Cursor.read(list, cursor, OperationLists::delivery), OperationItemStore.START);
        var found = items.page(id, outcome, after, limit + 1);
        var page = first(found, limit);
        return new OperationItemsView(
                page,
                found.size() > limit
                        ? Cursor.behind(
                                list, page.getLast().messageId(), page.getLast().subscription())
                        : null);
    }

    private static DeliveryId delivery(List<String> words) {
        return new DeliveryId(MessageId.of(words.getFirst()), Names.checked("cursor", words.getLast()));
    }

    private static <T> List<T> first(List<T> found, int limit) {
        return found.subList(0, Math.min(limit, found.size()));
    }
}
