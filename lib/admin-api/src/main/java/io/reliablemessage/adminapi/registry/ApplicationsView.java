package io.reliablemessage.adminapi.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of applications, by name.
 *
 * @param next the cursor of the next page; none: this is the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApplicationsView(List<Item> items, @Nullable String next) {

    /**
     * An application.
     *
     * @param enabled whether its keys open anything
     * @param undecided half messages of it, up to 10,000
     * @param undecidedCapped there may be more
     * @param suspects of these, those that somebody should look at, among the 2,000 that are asked about first
     * @param keys live ones, and those that expired in the last 30 days, newest first
     */
    public record Item(
            String name,
            boolean enabled,
            Checkbacks checkbacks,
            int undecided,
            boolean undecidedCapped,
            int suspects,
            List<Key> keys) {}

    /**
     * How it is asked, and how it answers.
     *
     * @param url where; none: it is not asked
     * @param successRate of 1, over some twenty asks, the latest counting most; none: it was never asked
     * @param latencyMillis from the lease to the report of those that were answered, averaged alike
     * @param failures asks without any answer; each answer takes one back
     * @param restsUntil it is not asked before, since too many asks brought no answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Checkbacks(
            @Nullable String url,
            @Nullable Double successRate,
            @Nullable Long latencyMillis,
            int failures,
            @Nullable Instant restsUntil) {}

    /**
     * An API key, without what is secret of it.
     *
     * @param prefix what it begins with
     * @param configured it comes from the service's configuration, and goes from there
     * @param lastUsedOn a day in UTC; none: never
     * @param expiresAt none: never
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Key(
            String prefix,
            List<String> roles,
            boolean configured,
            Instant createdAt,
            @Nullable LocalDate lastUsedOn,
            @Nullable Instant expiresAt) {}
}
