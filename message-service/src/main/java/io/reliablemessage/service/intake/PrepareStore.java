package io.reliablemessage.service.intake;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.intake.PrepareResult.Reason;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.Decision;
import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.AfterCommit;
import io.reliablemessage.service.platform.database.OfGroupCommit;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
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
                       WHEN :isAsked AND r.check_ref IS NULL
                        AND r.producer IN (SELECT name FROM application WHERE require_check_ref) THEN 'CHECK_REF_MISSING'
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
            SELECT c.id, c.producer, c.refusal, i.id IS NOT NULL AS is_stored, now() AS now
              FROM checked c LEFT JOIN inserted i ON i.id = c.id
             ORDER BY c.position
            """;

    // A statement of its own: what a concurrent prepare stored is invisible to the one that lost to it. It reads no
    // delivery, so that storing waits for nobody who works on them.
    private static final String STORED_BEFORE = """
            SELECT id, producer, content_hash, state AS decision
              FROM message
             WHERE id = ANY (:ids) AND id BETWEEN :first AND :last
            """;

    private static final String WITHOUT_DAY = """
            SELECT r.position, now() AS now,
                   r.id < uuid_floor((now() AT TIME ZONE 'UTC')::date::timestamp AT TIME ZONE 'UTC') AS is_over
              FROM unnest(:ids::uuid[]) WITH ORDINALITY AS r (id, position)
             WHERE to_regclass('message_' || to_char(uuid_day(COALESCE(r.id, uuid_v7())), 'YYYYMMDD')) IS NULL
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final LedgerProperties properties;

    PrepareStore(@OfGroupCommit JdbcClient jdbc, JsonMapper json, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.json = json;
        this.properties = properties;
    }

    /** Stores half messages, whose producers may be asked about them. */
    List<@Nullable PrepareResult> prepare(List<HalfMessage> messages) {
        return store(messages, true);
    }

    /** Stores messages that are confirmed in the same transaction. */
    List<@Nullable PrepareResult> prepareConfirmed(List<HalfMessage> messages) {
        return store(messages, false);
    }

    /**
     * Stores new messages. Of several messages with one id the first counts; the others find it stored, or not if it was
     * another producer's and refused.
     *
     * @return one outcome per message, in order; null: another one was in its way, so store it again
     */
    private List<@Nullable PrepareResult> store(List<HalfMessage> messages, boolean isAsked) {
        var firsts = firsts(messages);
        var written = write(firsts, isAsked);
        var byId = written.stream().collect(Collectors.toMap(Written::id, Function.identity()));
        var own = new IdentityHashMap<HalfMessage, Written>();
        IntStream.range(0, firsts.size()).forEach(i -> own.put(firsts.get(i), written.get(i)));
        var others = messages.stream()
                .map(message -> storedNow(own.get(message)) ? null : idOf(message, own.get(message)))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        var before = AfterCommit.goOn(written.stream().anyMatch(Written::isStored), () -> storedBefore(others));
        var results = new ArrayList<@Nullable PrepareResult>();
        for (var message : messages) {
            var mine = own.get(message);
            var id = idOf(message, mine);
            if (storedNow(mine)) {
                results.add(new PrepareResult.Stored(id));
            } else {
                results.add(
                        before == null ? null : explain(message, Objects.requireNonNull(byId.get(id)), before.get(id)));
            }
        }
        return results;
    }

    /**
     * Refuses messages whose day has no partition, by their place in the list. A dropped day is outside the window for
     * its producer; a missing day of today or later is our own failure.
     */
    Map<Integer, PrepareResult> withoutDay(List<HalfMessage> messages) {
        var refused = new HashMap<Integer, PrepareResult>();
        jdbc.sql(WITHOUT_DAY).param("ids", ids(messages)).query(row -> {
            var reason = row.getBoolean("is_over") ? Reason.ID_OUTSIDE_WINDOW : Reason.DAY_MISSING;
            refused.put(
                    row.getInt("position") - 1, new PrepareResult.Refused(reason, Columns.requiredInstant(row, "now")));
        });
        return refused;
    }

    private static SqlArrayValue ids(List<HalfMessage> messages) {
        return SqlArrays.of("uuid", messages, m -> m.id() == null ? null : m.id().value());
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

    private List<Written> write(List<HalfMessage> messages, boolean isAsked) {
        return jdbc.sql(PREPARE)
                .param("ids", ids(messages))
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
                .param("isAsked", isAsked)
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

    private static @Nullable PrepareResult explain(HalfMessage message, Written written, @Nullable Before before) {
        if (before == null) {
            return written.producer.equals(message.producer()) && written.refusal != null
                    ? new PrepareResult.Refused(Reason.valueOf(written.refusal), written.now)
                    : null;
        }
        if (!before.producer.equals(message.producer()) || !Arrays.equals(before.hash, message.contentHash())) {
            return new PrepareResult.ContentDiffers(before.id);
        }
        return switch (before.decision) {
            case PENDING_CONFIRM -> new PrepareResult.Repeated(before.id, MessageState.PENDING_CONFIRM);
            case CANCELLED -> new PrepareResult.Cancelled(before.id);
            case CONFIRMED -> new PrepareResult.Repeated(before.id, MessageState.SENDING);
        };
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private record Written(
            MessageId id, String producer, @Nullable String refusal, boolean isStored, Instant now) {
        static Written of(ResultSet row, int number) throws SQLException {
            return new Written(
                    Columns.id(row, "id"),
                    row.getString("producer"),
                    row.getString("refusal"),
                    row.getBoolean("is_stored"),
                    Columns.requiredInstant(row, "now"));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    private record Before(MessageId id, String producer, byte[] hash, Decision decision) {
        static Before of(ResultSet row, int number) throws SQLException {
            return new Before(
                    Columns.id(row, "id"),
                    row.getString("producer"),
                    row.getBytes("content_hash"),
                    Decision.valueOf(row.getString("decision")));
        }
    }
}
