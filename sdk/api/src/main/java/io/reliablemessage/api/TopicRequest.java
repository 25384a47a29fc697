package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registers a topic for the calling application, or changes it.
 *
 * @param consumers applications that may subscribe besides the topic's own; whoever is taken off the list
 *     has its subscriptions retired
 * @param checkAfter how long a producer may take to decide before it is asked; default 1 minute
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopicRequest(
        @Nullable List<String> consumers, @Nullable Duration checkAfter) {}
