package io.reliablemessage.service.intake;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.intake.PrepareResult.Reason;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.ConflictingCallers;
import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.platform.database.SqlState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Stores half messages. */
@Component
class PrepareStore {

    private static final String PREPARE = """
            -- 1. the requests, each with an id
            WITH request AS MATERIALIZED (
                SELECT r.*, COALESCE(r.given, uuid_v7()) AS id, now() + r.delay * interval '1 ms' AS delayed_to
                  FROM unnest(:ids::uuid[], :producers::text[], :topics::text[], :keys::text[], :payloads::bytea[],
                              :contentTypes::text[], :headers::jsonb[], :hashes::bytea[], :checkRefs::text[],
                              :checkAfters::bigint[], :deliverAts::timestamptz[], :delays::bigint[],
                              :traceParents::text[], :traceStates::text[])
                       WITH ORDINALITY
                       AS r (given, producer, topic, key, payload, content_type, headers, content_hash, check_ref,
                             check_after, deliver_at, delay, trace_parent, trace_state, position)
            ),
            -- 2. why they are refused, if they are
            checked AS MATERIALIZED (
                SELECT r.*, COALESCE(r.check_after, t.check_after_millis) * interval '1 ms' AS decision_wait,
                       CASE
                       WHEN r.id < (SELECT uuid_floor(now() - :window * interval '1 ms'))       -- once, not per row
                         OR r.id > (SELECT uuid_floor(now() + :ahead * interval '1 ms')) THEN 'ID_OUTSIDE_WINDOW'
                       WHEN t.name IS NULL THEN 'TOPIC_NOT_FOUND'
                       WHEN NOT EXISTS (SELECT FROM subscription s WHERE s.topic = r.topic AND s.retired_at IS NULL)
                         THEN 'NO_SUBSCRIPTION'
                       WHEN COALESCE(r.deliver_at, r.delayed_to) > now() + :maxDelay * interval '1 ms'
                         THEN 'DELIVER_AT_TOO_FAR'
                       END AS refusal
                  FROM request r LEFT JOIN topic t ON t.name = r.topic AND t.application = r.producer
            ),
            -- 3. store the others
            inserted AS (
                INSERT INTO message (id, topic, key, producer, payload, content_type, headers, content_hash, check_ref,
                                     decision_due_at, check_due_at, deliver_at, trace_parent, trace_state)
                SELECT id, topic, key, producer, payload, content_type, headers, content_hash, check_ref,
                       now() + decision_wait, now() + decision_wait, COALESCE(deliver_at, delayed_to), trace_parent, trace_state
                  FROM checked
                 WHERE refusal IS NULL
                 ORDER BY id                                             -- one lock order for everybody
                    ON CONFLICT (id) DO NOTHING
                RETURNING id
            )
            -- 4. answer
            SELECT c.id, c.refusal, i.id IS NOT NULL AS is_stored, now() AS now
              FROM checked c LEFT JOIN inserted i ON i.id = c.id
             ORDER BY c.position
            """;

    // A statement of its own: what a concurrent prepare stored is invisible to the one that lost to it.
    private static final String STORED_BEFORE = """
            SELECT id, producer, content_hash, shown_state(id, state) AS state
              FROM message
             WHERE id = ANY (:ids) AND id BETWEEN :first AND :last
            """;

    private static final String IS_OVER = """
            SELECT now() AS now
             WHERE :id < uuid_floor((now() AT TIME ZONE 'UTC')::date::timestamp AT TIME ZONE 'UTC')
            """;

    private static final ConflictingCallers<HalfMessage> CALLERS =
            new ConflictingCallers<>(HalfMessage::id, HalfMessage::producer);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final LedgerProperties properties;

    PrepareStore(JdbcClient jdbc, JsonMapper json, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.json = json;
        this.properties = properties;
    }

    /**
     * Stores new messages. Of several messages of a producer with one id the first counts, the others find it stored.
     *
     * @return one outcome per message, in order
     */
    List<PrepareResult> prepare(List<HalfMessage> messages) {
        return CALLERS.apart(messages, this::preparePart);
    }

    /**
     * Refuses a message whose id is of a dropped day without a partition: for its producer that is outside the window.
     * A missing partition of today or later is our own failure, and stays one.
     *
     * @param failure the failure of storing it alone
     */
    Optional<PrepareResult> withoutDay(HalfMessage message, DataAccessException failure) {
        var id = message.id();
        if (id == null || !SqlState.isNoPartition(failure)) {
            return Optional.empty();
        }
        return jdbc.sql(IS_OVER)
                .param("id", id.value())
                .query((row, number) -> Columns.requiredInstant(row, "now"))
                .optional()
                .map(now -> new PrepareResult.Refused(Reason.ID_OUTSIDE_WINDOW, now));
    }

    private List<PrepareResult> preparePart(List<HalfMessage> messages) {
        var firsts = firsts(messages);
        var written = write(firsts);
        var byId = written.stream().collect(Collectors.toMap(Written::id, Function.identity()));
        var own = new IdentityHashMap<HalfMessage, Written>();
        IntStream.range(0, firsts.size()).forEach(i -> own.put(firsts.get(i), written.get(i)));
        var before = storedBefore(messages.stream()
                .map(message -> storedNow(own.get(message)) ? null : idOf(message, own.get(message)))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new)));
        return messages.stream()
                .map(message -> {
                    var mine = own.get(message);
                    var id = idOf(message, mine);
                    return storedNow(mine)
                            ? new PrepareResult.Stored(id)
                            : explain(message, Objects.requireNonNull(byId.get(id)), before.get(id));
                })
                .toList();
    }

    private static List<HalfMessage> firsts(List<HalfMessage> messages) {
        var seen = new HashSet<MessageId>();
        return messages.stream()
                .filter(message -> message.id() == null || seen.add(message.id()))
                .toList();
    }

    private static boolean storedNow(@Nullable Written written) {
        return written != null && written.isStored;
    }

    private static MessageId idOf(HalfMessage message, @Nullable Written written) {
        return written == null ? Objects.requireNonNull(message.id()) : written.id;
    }

    private List<Written> write(List<HalfMessage> messages) {
        return jdbc.sql(PREPARE)
                .param("ids", SqlArrays.of("uuid", messages, m -> m.id() == null ? null : m.id().value()))
                .param("producers", SqlArrays.of("text", messages, HalfMessage::producer))
                .param("topics", SqlArrays.of("text", messages, HalfMessage::topic))
                .param("keys", SqlArrays.of("text", messages, HalfMessage::key))
                .param("payloads", SqlArrays.ofBytes(messages, HalfMessage::payload))
                .param("contentTypes", SqlArrays.of("text", messages, HalfMessage::contentType))
                .param("headers", SqlArrays.of("text", messages, m -> json.writeValueAsString(m.headers())))
                .param("hashes", SqlArrays.ofBytes(messages, HalfMessage::contentHash))
                .param(
                        "checkRefs",
                        SqlArrays.of("text", messages, m -> m.timing().checkRef()))
                .param(
                        "checkAfters",
                        SqlArrays.of("bigint", messages, m -> millis(m.timing().checkAfter())))
                .param(
                        "deliverAts",
                        SqlArrays.of("text", messages, m -> text(m.timing().deliverAt())))
                .param(
                        "delays",
                        SqlArrays.of("bigint", messages, m -> millis(m.timing().delay())))
                .param(
                        "traceParents",
                        SqlArrays.of("text", messages, m -> m.trace().parent()))
                .param(
                        "traceStates",
                        SqlArrays.of("text", messages, m -> m.trace().state()))
                .param("window", properties.acceptWindow().toMillis())
                .param("ahead", properties.acceptAhead().toMillis())
                .param("maxDelay", properties.maxDelay().toMillis())
                .query(Written::of)
                .list();
    }

    private Map<MessageId, Before> storedBefore(SortedSet<MessageId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return IdRange.bind(jdbc.sql(STORED_BEFORE), ids).query(Before::of).list().stream()
                .collect(Collectors.toMap(Before::id, Function.identity()));
    }

    private static PrepareResult explain(HalfMessage message, Written written, @Nullable Before before) {
        if (before == null) {
            return new PrepareResult.Refused(Reason.valueOf(String.valueOf(written.refusal)), written.now);
        }
        if (!before.producer.equals(message.producer()) || !Arrays.equals(before.hash, message.contentHash())) {
            return new PrepareResult.ContentDiffers(before.id);
        }
        return before.state == MessageState.CANCELLED
                ? new PrepareResult.Cancelled(before.id)
                : new PrepareResult.Repeated(before.id, before.state);
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private record Written(MessageId id, @Nullable String refusal, boolean isStored, Instant now) {
        static Written of(ResultSet row, int number) throws SQLException {
            return new Written(
                    Columns.id(row, "id"),
                    row.getString("refusal"),
                    row.getBoolean("is_stored"),
                    Columns.requiredInstant(row, "now"));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    private record Before(MessageId id, String producer, byte[] hash, MessageState state) {
        static Before of(ResultSet row, int number) throws SQLException {
            return new Before(
                    Columns.id(row, "id"),
                    row.getString("producer"),
                    row.getBytes("content_hash"),
                    MessageState.valueOf(row.getString("state")));
        }
    }
}
