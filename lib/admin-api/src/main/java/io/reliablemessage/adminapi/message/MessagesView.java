package io.reliablemessage.adminapi.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.MessageView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages in their current state, newest first; errors are cut to one line.
 *
 * @param items may be few or none although more follow: one call reads a bounded number of messages
 * @param next the cursor of the next page; none: this is the last
 * @param lookedBackTo where the call stopped before its page was full; none: it did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessagesView(
        List<MessageView> items,
        @Nullable String next,
        @Nullable Instant lookedBackTo) {}
