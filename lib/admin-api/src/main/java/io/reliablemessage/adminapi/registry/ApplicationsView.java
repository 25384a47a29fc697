package io.reliablemessage.adminapi.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.CheckAnswers;
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
     * @param enabled false: its keys are refused
     * @param undecided its undecided messages, up to 10,000
     * @param undecidedCapped there may be more
     * @param suspects the suspect ones among the 2,000 that are due first
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
     * Its check-backs and their results.
     *
     * @param url the check URL; none: there are no check-backs
     * @param answers whether they have to be signed; none: there are no check-backs
     * @param successRate from 0 to 1, over about twenty check-backs, the latest weighing most; none: there was none
     * @param latencyMillis from the lease to the report of answered ones, averaged likewise
     * @param failures check-backs without any answer; each answer takes one back
     * @param restsUntil the end of its back-off after too many check-backs without an answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Checkbacks(
            @Nullable String url,
            @Nullable CheckAnswers answers,
            @Nullable Double successRate,
            @Nullable Long latencyMillis,
            int failures,
            @Nullable Instant restsUntil) {}

    /**
     * An API key without its secret.
     *
     * @param prefix its first characters
     * @param configured it comes from the service's configuration, and is removed there
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
