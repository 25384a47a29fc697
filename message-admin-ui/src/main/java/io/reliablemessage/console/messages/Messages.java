package io.reliablemessage.console.messages;

import io.reliablemessage.api.MessageCount;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.MessagesView;
import io.reliablemessage.api.TimelineView;
import io.reliablemessage.console.api.AdminApi;
import io.reliablemessage.console.api.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Messages as the service tells them. */
@Component
class Messages {

    static final String COLLECTION = "messages";

    private final AdminApi api;

    Messages(AdminApi api) {
        this.api = api;
    }

    MessagesView find(Parameters filter, @Nullable String cursor, int limit) {
        return api.get(MessagesView.class, filter.with("cursor", cursor).with("limit", limit), COLLECTION);
    }

    MessageCount count(Parameters filter) {
        return api.get(MessageCount.class, filter, COLLECTION, "count");
    }

    MessageView get(String id) {
        return api.get(MessageView.class, COLLECTION, id);
    }

    TimelineView timeline(String id) {
        return api.get(TimelineView.class, COLLECTION, id, "timeline");
    }
}
