package io.reliablemessage.adminapi.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.adminapi.message.MessageQuery;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what operators did, newest first.
 *
 * @param items may be few or none although more follow: one call looks at a bounded number of acts
 * @param next the cursor of the next page; none: this is the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditView(List<Entry> items, @Nullable String next) {

    /**
     * An act, or the attempt at one.
     *
     * @param target upon which message, subscription, cause or whatever else, by its id or name
     * @param count how many it was about, when it was about many
     * @param filter what an operation was about
     * @param reason of what was done
     * @param outcome {@code DONE}, or the type of the problem it was refused with, such as {@code forbidden}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            Instant at,
            String actor,
            String action,
            String target,
            @Nullable Integer count,
            @Nullable MessageQuery filter,
            @Nullable String reason,
            String outcome) {}
}
