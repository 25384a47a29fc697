package io.reliablemessage.service.decision;

import static io.reliablemessage.service.model.MessageTransition.CONFIRM;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.model.Claim;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.ContentReader;
import io.reliablemessage.service.model.Decision;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.AfterCommit;
import io.reliablemessage.service.platform.database.CommittedRows;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Decides messages and creates the deliveries of confirmed ones, in one statement. */
class DecisionStore {

    private static final Logger log = LoggerFactory.getLogger(DecisionStore.class);

    // The ids are read once, and each finds its place among them, sorted as they are, by halving.
    private static final String DECIDE = """
            -- 1. change: those of their producer that are undecided, and that somebody subscribes to
            WITH given AS MATERIALIZED (
                SELECT :ids::uuid[] AS ids
            ), decided AS (
                UPDATE message m
                   SET state = (:decisions::text[])[width_bucket(m.id, (SELECT ids FROM given))],
                       decided_at = GREATEST(now(), m.created_at),          -- it may have been stored since this began
                       decided_by = (:actors::text[])[width_bucket(m.id, (SELECT ids FROM given))],
                       check_due_at = NULL
                 WHERE m.id = ANY ((SELECT ids FROM given)::uuid[])
                   AND m.id BETWEEN :first AND :last                      -- prunes the days
                   AND m.producer = (:producers::text[])[width_bucket(m.id, (SELECT ids FROM given))]
                   AND m.state = 'PENDING_CONFIRM'
                   AND ((:decisions::text[])[width_bucket(m.id, (SELECT ids FROM given))] = 'CANCELLED'
                        OR EXISTS (SELECT FROM subscription s
                                    WHERE s.topic = m.topic
                                      AND (s.retired_at IS NULL OR s.retired_at > m.created_at)))
                RETURNING m.*
            ),
            -- 2. one row for each subscription of a confirmed message; one without a subscription for a cancelled message
            planned_delivery AS MATERIALIZED (
                SELECT m.*, s.name AS subscription, s.queue,
                       COALESCE(s.schedule_millis, :schedule) AS schedule_millis,
                       (s.name IS NOT NULL AND NOT s.paused AND :publishing AND COALESCE(m.deliver_at <= now(), true)
                        -- what would fill the memory is left to redelivery, which takes it a page at a time
                        AND count(*) OVER earlier <= :mostDeliveries
                        AND sum(octet_length(m.payload)) OVER earlier <= :mostBytes)::int AS attempts
                  FROM decided m
                  LEFT JOIN subscription_policy s ON m.state = 'CONFIRMED' AND s.topic = m.topic
                                                 AND (s.retired_at IS NULL OR s.retired_at > m.created_at)
                WINDOW earlier AS (ORDER BY m.id, s.name ROWS UNBOUNDED PRECEDING)
            ),
            -- 3. deliveries
            inserted AS (
                INSERT INTO delivery (message_id, subscription, attempts, deliverable_at, sent_at, due_at)
                SELECT id, subscription, attempts, GREATEST(deliver_at, decided_at),    -- GREATEST ignores a null
                       CASE attempts WHEN 1 THEN decided_at END,
                       CASE attempts
                       WHEN 1 THEN now() + redelivery_wait(schedule_millis, 1)
                       ELSE GREATEST(deliver_at, decided_at) END
                  FROM planned_delivery
                 WHERE subscription IS NOT NULL
            )
            -- 4. answer
            SELECT id, state, topic, key, producer, content_type, headers, created_at, trace_parent, trace_state,
                   subscription, attempts, queue,
                   -- the payload once per message, with the first delivery that is sent
                   CASE WHEN attempts = 1 AND sum(attempts) OVER (PARTITION BY id ORDER BY subscription ROWS UNBOUNDED PRECEDING) = 1
                        THEN payload END AS payload
              FROM planned_delivery
             ORDER BY id, subscription
            """;

    // A statement of its own: what the winner of a race wrote is invisible to the one that lost to it. And it sees more
    // than DECIDE did: a pending message may have been stored in between.
    private static final String STANDING = """
            SELECT id, topic, producer, state AS decision, shown_state(id, state) AS state,
                   state = 'PENDING_CONFIRM'
                       AND EXISTS (SELECT FROM subscription s
                                    WHERE s.topic = message.topic
                                      AND (s.retired_at IS NULL OR s.retired_at > message.created_at)) AS is_routable
              FROM message
             WHERE id = ANY (:ids) AND id BETWEEN :first AND :last
            """;

    private static final int MAX_DELIVERIES = 2000;
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final JdbcClient jdbc;
    private final ContentReader contents;
    private final LedgerProperties properties;

    DecisionStore(JdbcClient jdbc, ContentReader contents, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.properties = properties;
    }

    /**
     * Decides undecided messages. Of several requests for one message the first counts; the others find it decided, or
     * undecided if the first was not its producer's.
     *
     * @param claim counts the sends that publishing takes after the commit; if it takes none now, deliveries become due
     *     at once
     * @return one outcome per request, in order; null: it stands undecided and can be decided, so decide again
     */
    List<@Nullable DecisionResult> decide(List<DecisionRequest> requests, Claim claim) {
        if (requests.isEmpty()) {
            return List.of();
        }
        var firsts = firsts(requests);
        var applied = write(List.copyOf(firsts.values()), claim);
        var others = requests.stream()
                .filter(request -> !isApplied(request, firsts, applied))
                .map(DecisionRequest::id)
                .collect(Collectors.toCollection(TreeSet::new));
        var standing = AfterCommit.goOn(!applied.isEmpty(), () -> standing(others));
        var results = new ArrayList<@Nullable DecisionResult>();
        for (var request : requests) {
            if (isApplied(request, firsts, applied)) {
                results.add(applied.get(request.id()));
            } else {
                results.add(standing == null ? null : explain(request, standing.get(request.id())));
            }
        }
        return results;
    }

    private static boolean isApplied(
            DecisionRequest request,
            Map<MessageId, DecisionRequest> firsts,
            Map<MessageId, ? extends DecisionResult> applied) {
        return firsts.get(request.id()) == request && applied.containsKey(request.id());
    }

    /** Sorted by id, so that all batches lock in one order. */
    private static SortedMap<MessageId, DecisionRequest> firsts(List<DecisionRequest> requests) {
        var firsts = new TreeMap<MessageId, DecisionRequest>();
        requests.forEach(request -> firsts.putIfAbsent(request.id(), request));
        return firsts;
    }

    private Map<MessageId, DecisionResult> write(List<DecisionRequest> requests, Claim claim) {
        var ids = requests.stream().map(DecisionRequest::id).toList();
        return IdRange.bind(jdbc.sql(DECIDE), ids)
                .param("producers", SqlArrays.of("text", requests, DecisionRequest::producer))
                .param("actors", SqlArrays.of("text", requests, DecisionRequest::actor))
                .param(
                        "decisions",
                        SqlArrays.of("text", requests, r -> r.transition().to().name()))
                .param("schedule", properties.scheduleMillis())
                .param("publishing", claim.sendsAtOnce())
                .param("mostDeliveries", MAX_DELIVERIES)
                .param("mostBytes", MAX_BYTES)
                .query(CommittedRows.read(rows -> applied(rows, claim)));
    }

    private Map<MessageId, DecisionResult> applied(ResultSet row, Claim claim) throws SQLException {
        var applied = new HashMap<MessageId, DecisionResult>();
        DecisionResult.@Nullable Applied current = null;
        while (row.next()) {
            var id = Columns.id(row, "id");
            if (current == null || !current.id().equals(id)) {
                var state = "CONFIRMED".equals(row.getString("state")) ? MessageState.SENDING : MessageState.CANCELLED;
                current = new DecisionResult.Applied(id, state, new ArrayList<>());
                applied.put(id, current);
            }
            if (row.getInt("attempts") == 1) {
                addDispatch(current, row, claim);
            }
        }
        return applied;
    }

    /** One that cannot be read is left to redelivery, so that it takes no other along. */
    private void addDispatch(DecisionResult.Applied applied, ResultSet row, Claim claim) throws SQLException {
        var dispatches = applied.dispatches();
        try {
            var content = dispatches.isEmpty()
                    ? contents.read(row)
                    : dispatches.getFirst().content();
            dispatches.add(Dispatch.first(
                    claim, applied.id(), row.getString("subscription"), row.getString("queue"), content));
        } catch (RuntimeException unreadable) {
            log.atError()
                    .addKeyValue("message", applied.id())
                    .setCause(unreadable)
                    .log("a confirmed message cannot be read, redelivery will try again");
        }
    }

    private Map<MessageId, Standing> standing(SortedSet<MessageId> ids) {
        var standing = new HashMap<MessageId, Standing>();
        if (!ids.isEmpty()) {
            IdRange.bind(jdbc.sql(STANDING), ids).query(row -> {
                standing.put(Columns.id(row, "id"), Standing.of(row));
            });
        }
        return standing;
    }

    private static @Nullable DecisionResult explain(DecisionRequest request, @Nullable Standing standing) {
        if (standing == null || !standing.producer.equals(request.producer())) {
            return new DecisionResult.Unknown(request.id());
        }
        if (standing.decision == Decision.PENDING_CONFIRM) {
            return request.transition() == CONFIRM && !standing.isRoutable
                    ? new DecisionResult.Unroutable(request.id(), standing.topic)
                    : null;
        }
        return standing.decision == request.transition().to()
                ? new DecisionResult.Repeated(request.id(), standing.state)
                : new DecisionResult.Refused(request.id(), standing.state);
    }

    /** @param isRoutable whether it is pending and would be received */
    private record Standing(String topic, String producer, Decision decision, MessageState state, boolean isRoutable) {
        static Standing of(ResultSet row) throws SQLException {
            return new Standing(
                    row.getString("topic"),
                    row.getString("producer"),
                    Decision.valueOf(row.getString("decision")),
                    MessageState.valueOf(row.getString("state")),
                    row.getBoolean("is_routable"));
        }
    }
}
