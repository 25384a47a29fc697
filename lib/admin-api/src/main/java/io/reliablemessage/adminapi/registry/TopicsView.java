package io.reliablemessage.adminapi.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.TopicView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of topics, by name.
 *
 * @param next the cursor of the next page; none: this is the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopicsView(List<Item> items, @Nullable String next) {

    /**
     * A topic and its subscriptions.
     *
     * @param subscriptions those that are not retired, by name
     * @param dead deliveries of its messages that are dead now, in all subscriptions
     * @param rejected likewise those that are rejected
     */
    public record Item(TopicView topic, List<String> subscriptions, int dead, int rejected) {}
}
