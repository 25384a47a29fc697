package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of a message, oldest entry first; a consumer sees the entries of its own deliveries.
 *
 * @param items never empty
 */
public record TimelineView(List<Entry> items) {

    /**
     * An entry of the timeline.
     *
     * @param kind such as {@code PREPARED}, {@code CONFIRMED}, {@code SENT}, {@code REDELIVERED}, {@code CONSUMED};
     *     more may come
     * @param subscription the subscription of the delivery; none: the entry is about the message
     * @param actor an application, an operator, {@code service}, or {@code broker}
     * @param detail for people to read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            Instant at,
            String kind,
            @Nullable String subscription,
            String actor,
            @Nullable String detail) {}
}
