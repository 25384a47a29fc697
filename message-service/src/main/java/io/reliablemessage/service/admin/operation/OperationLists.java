package io.reliablemessage.service.admin.operation;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.adminapi.operation.OperationItemsView;
import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminapi.operation.OperationsView;
import io.reliablemessage.service.admin.operation.OperationStore.Place;
import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.problem.Problem;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists of operations and of their items, in pages; a cursor says which list it is of, and behind what it goes on. */
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
        var found = operations.list(state, place(list, cursor), limit + 1);
        var page = first(found, limit);
        return new OperationsView(
                page,
                found.size() > limit
                        ? cursor(
                                list, page.getLast().startedAt(), page.getLast().id())
                        : null);
    }

    private static Place place(String list, @Nullable String cursor) {
        if (isAbsent(cursor)) {
            return Place.START;
        }
        var words = words(list, cursor);
        try {
            return new Place(Instant.parse(words.getFirst()).toString(), UUID.fromString(words.getLast()));
        } catch (RuntimeException malformed) {
            throw foreign(malformed);
        }
    }

    OperationItemsView items(UUID id, @Nullable OperationOutcome outcome, @Nullable String cursor, int limit) {
        var list = "items %s %s".formatted(id, outcome);
        var found = items.page(id, outcome, behind(list, cursor), limit + 1);
        var page = first(found, limit);
        return new OperationItemsView(
                page,
                found.size() > limit
                        ? cursor(
                                list, page.getLast().messageId(), page.getLast().subscription())
                        : null);
    }

    private static DeliveryId behind(String list, @Nullable String cursor) {
        if (isAbsent(cursor)) {
            return OperationItemStore.START;
        }
        var words = words(list, cursor);
        try {
            return new DeliveryId(MessageId.of(words.getFirst()), words.getLast());
        } catch (RuntimeException malformed) {
            throw foreign(malformed);
        }
    }

    private static <T> List<T> first(List<T> found, int limit) {
        return found.subList(0, Math.min(limit, found.size()));
    }

    private static boolean isAbsent(@Nullable String cursor) {
        return cursor == null || cursor.isBlank();
    }

    private static String cursor(String list, Object first, String last) {
        var text = "%s\n%s\n%s".formatted(list, first, last);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static List<String> words(String list, @Nullable String cursor) {
        try {
            var words = new String(Base64.getUrlDecoder().decode(String.valueOf(cursor)), UTF_8).split("\n", -1);
            if (words.length == 3 && words[0].equals(list) && words[2].indexOf('\0') < 0) {
                return List.of(words[1], words[2]);
            }
        } catch (IllegalArgumentException malformed) {
            throw foreign(malformed);
        }
        throw foreign(null);
    }

    private static Problem foreign(@Nullable RuntimeException cause) {
        return new Problem(INVALID_REQUEST, "cursor is none of this list; leave it out to start it.", cause);
    }
}
