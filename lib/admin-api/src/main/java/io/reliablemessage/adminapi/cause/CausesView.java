package io.reliablemessage.adminapi.cause;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of causes, the latest failures first.
 *
 * @param bucket the length of a bucket of the trends
 * @param next the cursor of the next page; none: this is the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CausesView(
        Duration bucket, List<CauseView> items, @Nullable String next) {}
