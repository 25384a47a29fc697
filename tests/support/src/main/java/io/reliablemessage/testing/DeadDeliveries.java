package io.reliablemessage.testing;

/** Statements that make many dead deliveries in a ledger, without sending any. */
public final class DeadDeliveries {

    /** Messages from {@code shop} to {@code :topic}, {@code :count} of them, sent 12 times; returns their ids. */
    public static final String SENT_IN_VAIN = """
            WITH stored AS (
                INSERT INTO message (id, topic, key, producer, state, payload, content_type, content_hash, decision_due_at,
                                     decided_at, decided_by)
                SELECT uuid_v7(), :topic, 'A-' || n, 'shop', 'CONFIRMED', '1', 'application/json', sha256(''), now(), now(), 'shop'
                  FROM generate_series(1, :count) n
                RETURNING id
            )
            INSERT INTO delivery (message_id, subscription, attempts, deliverable_at, sent_at, due_at)
            SELECT id, :subscription, 12, now(), now(), now() + interval '1 h' FROM stored
            RETURNING message_id
            """;

    /** Gives those of {@code :ids} to {@code :subscription} up. A statement of its own: causes count updates. */
    public static final String BURY = """
            UPDATE delivery SET state = 'DEAD', due_at = NULL, finished_at = now(), last_error = 'no ack after 12 attempts'
             WHERE message_id = ANY (:ids) AND subscription = :subscription
            """;

    private DeadDeliveries() {}
}
