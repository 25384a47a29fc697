package io.reliablemessage.adminapi.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.adminapi.message.MessageQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of operators' actions, newest first.
 *
 * @param items may be few or none although more follow: one call reads a bounded number of entries
 * @param next the cursor of the next page; none: this is the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditView(List<Entry> items, @Nullable String next) {

    /**
     * An action, or a refused attempt.
     *
     * @param target the id or name of the message, subscription, cause or other target
     * @param count how many it affected, if it was about many
     * @param filter the filter of an operation
     * @param filterUnread its conditions that this version of the service does not know; none: it knows all
     * @param reason the reason given
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
            @Nullable Map<String, Object> filterUnread,
            @Nullable String reason,
            String outcome) {}
}
