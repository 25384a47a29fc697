package io.reliablemessage.service.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the published content of messages. */
@Component
public class ContentReader {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final JsonMapper json;

    ContentReader(JsonMapper json) {
        this.json = json;
    }

    public Dispatch.Content read(ResultSet row) throws SQLException {
        return new Dispatch.Content(
                row.getString("topic"),
                row.getString("key"),
                row.getString("producer"),
                row.getBytes("payload"),
                row.getString("content_type"),
                json.readValue(row.getString("headers"), HEADERS),
                Columns.requiredInstant(row, "created_at"),
                new Trace(row.getString("trace_parent"), row.getString("trace_state")));
    }
}
