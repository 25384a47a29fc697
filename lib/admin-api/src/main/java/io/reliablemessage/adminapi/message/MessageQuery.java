package io.reliablemessage.adminapi.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.adminapi.NoNulls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator's search; all given conditions must hold. Conditions on deliveries must hold for one and the same
 * delivery.
 *
 * @param state a message with deliveries in several states is found by each of them
 * @param overdue true: undecided or being delivered beyond its time; false is refused
 * @param suspect true: undecided for too long, or after too many check-backs; false is refused
 * @param subscription has a delivery to it
 * @param producer the application that prepared it
 * @param key the whole business key
 * @param cause the id of a cause: has a delivery that is dead or rejected because of it
 * @param minAttempts has a delivery with at least so many sends since it was prepared or resent
 * @param ids one of these messages, at most 500
 * @param olderThan created at least so long ago, by its id and by createdAt, at most 3,650 days
 * @param from created at this time or later, by its id
 * @param to created before this time, by its id and by createdAt
 */
@NoNulls
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageQuery(
        @Nullable SearchState state,
        @Nullable Boolean overdue,
        @Nullable Boolean suspect,
        @Nullable String topic,
        @Nullable String subscription,
        @Nullable String producer,
        @Nullable String key,
        @Nullable UUID cause,
        @Nullable Integer minAttempts,
        @Nullable List<UUID> ids,
        @Nullable Duration olderThan,
        @Nullable Instant from,
        @Nullable Instant to) {}
