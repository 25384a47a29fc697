package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.internal.Arguments;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registers a topic for the calling application, or changes it.
 *
 * @param consumers applications that may subscribe besides the topic's own; the subscriptions of an application removed
 *     from the list are retired
 * @param checkAfter how long a producer may take to decide before a check-back; default 1 minute
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopicRequest(
        @Nullable List<String> consumers, @Nullable Duration checkAfter) {

    /** Starts a topic; everything has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * This request, unless something is missing, blank or too long.
     *
     * @throws IllegalArgumentException names the member and what to do
     */
    public TopicRequest checked() {
        if (consumers != null) {
            consumers.forEach(consumer -> Arguments.text("an item of consumers", consumer, Arguments.MAX_NAME));
        }
        return this;
    }

    /** Makes a request; what is not set is absent. Not safe for use by several threads. */
    public static final class Builder {

        private @Nullable List<String> consumers;
        private @Nullable Duration checkAfter;

        private Builder() {}

        /** Applications that may subscribe besides the topic's own. */
        public Builder consumers(@Nullable List<String> consumers) {
            this.consumers = consumers;
            return this;
        }

        /** How long a producer may take to decide before it is asked. */
        public Builder checkAfter(@Nullable Duration checkAfter) {
            this.checkAfter = checkAfter;
            return this;
        }

        /** The topic, {@link #checked}. */
        public TopicRequest build() {
            return new TopicRequest(consumers, checkAfter).checked();
        }
    }
}
