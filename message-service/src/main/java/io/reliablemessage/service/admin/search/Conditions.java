package io.reliablemessage.service.admin.search;

import io.reliablemessage.adminapi.message.SearchState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL conditions that all have to hold; none: all rows are meant. */
final class Conditions {

    private final List<String> conditions = new ArrayList<>();

    /** The range of ids that a search may find; they have the times of the producers' clocks. */
    static Conditions ofRange(String id, MessageFilter filter) {
        return new Conditions()
                .and(id + " >= :first AND " + id + " < :beyond")
                .andIf(filter.olderThan() != null, id + " < uuid_floor(now() - :olderThan * interval '1 ms')");
    }

    /** The same of a message {@code m} by the database's clock, which its id may lie days before. */
    static Conditions ofAge(MessageFilter filter) {
        return new Conditions()
                .andIf(filter.to() != null, "m.created_at < :to")
                .andIf(filter.olderThan() != null, "m.created_at < now() - :olderThan * interval '1 ms'");
    }

    /** What a search says of a message {@code m} itself. */
    static Conditions ofMessage(MessageFilter filter) {
        return ofAge(filter)
                .andIf(filter.topic() != null, "m.topic = :topic")
                .andIf(filter.producer() != null, "m.producer = :producer")
                .andIf(filter.key() != null, "m.key = :key");
    }

    /** What a search says of a delivery {@code d} itself, but for its state. */
    static Conditions ofDelivery(MessageFilter filter) {
        return new Conditions()
                .andIf(filter.isOverdue(), "d.due_at < now()")
                .andIf(filter.subscription() != null, "d.subscription = :subscription")
                .andIf(filter.minAttempts() != null, "d.attempts >= :minAttempts");
    }

    /** In the words of the partial index that has the rows of a state only; null: there is no such index. */
    static @Nullable String ofIndex(@Nullable SearchState state) {
        return switch (state) {
            case PENDING_CONFIRM -> "check_due_at IS NOT NULL";
            case SENDING -> "due_at IS NOT NULL";
            case CANCELLED, DEAD, REJECTED, DISCARDED -> "state = '%s'".formatted(state);
            case null, default -> null;
        };
    }

    Conditions and(String condition) {
        conditions.add(condition);
        return this;
    }

    Conditions andIf(boolean isAsked, String condition) {
        return isAsked ? and(condition) : this;
    }

    boolean isEmpty() {
        return conditions.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "true" : String.join("\nAND ", conditions);
    }
}
