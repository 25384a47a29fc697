package io.reliablemessage.service.message;

import io.reliablemessage.adminapi.message.ContentView;
import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.MessageId;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a message's content for callers who may see every message. */
@Component
public class ContentStore {

    private static final String CONTENT = """
            SELECT * FROM message WHERE id = :id
            """;

    private final JdbcClient jdbc;
    private final ContentReader contents;

    ContentStore(JdbcClient jdbc, ContentReader contents) {
        this.jdbc = jdbc;
        this.contents = contents;
    }

    public Optional<ContentView> find(MessageId id) {
        return jdbc.sql(CONTENT)
                .param("id", id.value())
                .query((row, number) -> {
                    var content = contents.read(row);
                    return new ContentView(
                            id.toString(),
                            content.contentType(),
                            content.headers(),
                            Base64.getEncoder().encodeToString(content.payload()));
                })
                .optional();
    }
}
