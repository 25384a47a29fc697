package io.reliablemessage.service.publishing.claim;

import io.reliablemessage.service.model.Columns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores when each replica was seen, and up to when all that it claimed was offered to the broker or given back. */
@Component
class ReplicaStore {

    private static final String SEEN = """
            INSERT INTO replica AS r (id, offered_until) VALUES (:id, COALESCE(:offeredUntil, now()))
                ON CONFLICT (id) DO UPDATE
               SET seen_at = now(), offered_until = GREATEST(r.offered_until, :offeredUntil)
            RETURNING now()
            """;

    private static final String ENDED = "UPDATE replica SET seen_at = now(), ended_at = now() WHERE id = :id";

    // No wait of a schedule is as long.
    private static final String FORGET = "DELETE FROM replica WHERE seen_at < now() - interval '31 days'";

    private final JdbcClient jdbc;

    ReplicaStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores that a replica is alive.
     *
     * @param offeredUntil null: it has claimed nothing yet
     * @return the database's time: what is claimed after this call has a later one
     */
    Instant seen(UUID replica, @Nullable Instant offeredUntil) {
        return jdbc.sql(SEEN)
                .param("id", replica)
                .param("offeredUntil", offeredUntil == null ? null : offeredUntil.atOffset(ZoneOffset.UTC))
                .query((row, number) -> Columns.requiredInstant(row, "now"))
                .single();
    }

    /** Stores that a replica has stopped in order, with nothing left. */
    void ended(UUID replica) {
        jdbc.sql(ENDED).param("id", replica).update();
    }

    /** Forgets replicas of long ago. */
    void forget() {
        jdbc.sql(FORGET).update();
    }
}
