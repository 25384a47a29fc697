package io.reliablemessage.service.admin.search;

import io.reliablemessage.adminapi.message.MessageQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A filter as it was stored, perhaps by another version of this service: what this one cannot read is kept apart, to be
 * shown.
 *
 * @param unread null: everything was read
 */
public record StoredFilter(MessageQuery query, @Nullable Map<String, Object> unread) {

    public static StoredFilter read(String stored, JsonMapper json) {
        var known = json.createObjectNode();
        var unread = new LinkedHashMap<String, Object>();
        json.readTree(stored).forEachEntry((name, value) -> {
            if (isReadable(json.createObjectNode().set(name, value), json)) {
                known.set(name, value);
            } else {
                unread.put(name, json.convertValue(value, Object.class));
            }
        });
        return new StoredFilter(json.treeToValue(known, MessageQuery.class), unread.isEmpty() ? null : unread);
    }

    private static boolean isReadable(JsonNode filter, JsonMapper json) {
        try {
            json.treeToValue(filter, MessageQuery.class);
            return true;
        } catch (JacksonException unknown) {
            return false;
        }
    }
}
