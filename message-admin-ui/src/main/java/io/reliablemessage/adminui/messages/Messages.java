package io.reliablemessage.adminui.messages;

import io.reliablemessage.adminapi.message.MessageCount;
import io.reliablemessage.adminapi.message.MessagesView;
import io.reliablemessage.adminapi.registry.ApplicationsView;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.api.Parameters;
import io.reliablemessage.adminui.api.Refusal;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.TimelineView;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads messages from the service. */
@Component
class Messages {

    static final String COLLECTION = "messages";

    private static final int MAX_ROWS = 200;

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

    /** The check-back results of applications, by name. */
    Map<String, ApplicationsView.Checkbacks> answers() {
        var applications = api.get(ApplicationsView.class, new Parameters().with("limit", MAX_ROWS), "applications");
        return applications.items().stream()
                .collect(Collectors.toMap(ApplicationsView.Item::name, ApplicationsView.Item::checkbacks));
    }

    MessageView get(String id) {
        return api.get(MessageView.class, COLLECTION, id);
    }

    boolean isThere(String id) {
        try {
            return get(id).id().equals(id);
        } catch (Refusal refusal) {
            if (refusal.status() == HttpStatus.NOT_FOUND.value()) {
                return false;
            }
            throw refusal;
        }
    }

    TimelineView timeline(String id) {
        return api.get(TimelineView.class, COLLECTION, id, "timeline");
    }
}
