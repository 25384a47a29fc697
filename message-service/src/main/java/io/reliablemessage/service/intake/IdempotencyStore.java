package io.reliablemessage.service.intake;

import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the message ids of producers' Idempotency-Keys. */
@Component
class IdempotencyStore {

    // A key as old as the oldest accepted id is void.
    private static final String RESERVE = """
            INSERT INTO idempotency_key AS k (application, key, message_id) VALUES (:application, :key, uuid_v7())
                ON CONFLICT (application, key) DO UPDATE
                   SET message_id = CASE WHEN k.created_at < now() - :window * interval '1 ms'
                                         THEN uuid_v7() ELSE k.message_id END,
                       created_at = CASE WHEN k.created_at < now() - :window * interval '1 ms'
                                         THEN now() ELSE k.created_at END
            RETURNING message_id
            """;

    private static final int FORGOTTEN_TOGETHER = 10_000;

    private static final String FORGET = """
            DELETE FROM idempotency_key
             WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM idempotency_key
                 WHERE created_at < now() - :window * interval '1 ms'
                 ORDER BY created_at
                 LIMIT :most))
            """;

    private final JdbcClient jdbc;
    private final LedgerProperties properties;

    IdempotencyStore(JdbcClient jdbc, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Finds the id of a key, or creates one. */
    MessageId reserve(String application, String key) {
        return jdbc.sql(RESERVE)
                .param("application", application)
                .param("key", key)
                .param("window", properties.acceptWindow().toMillis())
                .query((row, number) -> Columns.id(row, "message_id"))
                .single();
    }

    /** Deletes void keys. */
    void forget() {
        var forgotten = FORGOTTEN_TOGETHER;
        while (forgotten == FORGOTTEN_TOGETHER) {
            forgotten = jdbc.sql(FORGET)
                    .param("window", properties.acceptWindow().toMillis())
                    .param("most", FORGOTTEN_TOGETHER)
                    .update();
        }
    }
}
