package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message, oldest first; a consumer sees what is about its own deliveries.
 *
 * @param items never empty
 */
public record TimelineView(List<Entry> items) {

    /**
     * Something that happened.
     *
     * @param kind such as {@code PREPARED}, {@code CONFIRMED}, {@code SENT}, {@code REDELIVERED},
     *     {@code CONSUMED}; more may come
     * @param subscription whose delivery it is about; none: it is about the message
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
