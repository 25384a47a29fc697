package io.reliablemessage.service.acknowledgement;

import static io.reliablemessage.service.model.DeliveryTransition.ACK;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.Decision;
import io.reliablemessage.service.model.IdRange;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.AfterCommit;
import io.reliablemessage.service.platform.database.OfGroupCommit;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Settles deliveries by the acks and rejects of their consumers. */
@Component
class AcknowledgementStore {

    // The ordinary ack: the whole hot path. The ids are not joined: a plan made while a day is new joins by reading
    // all rows between the ids, and PostgreSQL keeps that plan while the day fills.
    private static final String ACK_SENDING = """
            UPDATE delivery d
               SET state = 'CONSUMED', due_at = NULL, finished_at = now(),
                   -- an ack proves a send, though it was given back for want of a confirm
                   attempts = GREATEST(d.attempts, 1),
                   sent_at = CASE WHEN d.attempts = 0 AND d.cause_id IS NULL THEN d.deliverable_at ELSE d.sent_at END
             WHERE d.message_id = ANY (:ids)
               AND d.message_id BETWEEN :first AND :last                   -- prunes the days
               AND ((d.message_id, d.subscription) IN (
                       SELECT r.id, r.subscription
                         FROM unnest(:ids::uuid[], :subscriptions::text[], :applications::text[])
                              AS r (id, subscription, application)
                         JOIN subscription s ON s.name = r.subscription AND s.application = r.application)
                   ) IS TRUE                                               -- or it would become a join
               AND d.state = 'SENDING'
            RETURNING d.message_id, d.subscription, extract(EPOCH FROM now() - d.deliverable_at) AS taken,
                      CASE d.attempts WHEN 1 THEN extract(EPOCH FROM d.sent_at) * 1000 END::bigint AS first_sent
            """;

    // Everything out of the ordinary is written to the timeline as well: a reject, an ack after we gave up.
    private static final String SETTLE = """
            -- 1. the requests of each subscription's own consumer
            WITH request AS MATERIALIZED (
                SELECT r.*
                  FROM unnest(:ids::uuid[], :subscriptions::text[], :applications::text[], :states::text[], :errors::text[])
                       AS r (id, subscription, application, state, error)
                  JOIN subscription s ON s.name = r.subscription AND s.application = r.application
            ),
            -- 2. lock the deliveries whose state admits the step
            locked AS MATERIALIZED (
                SELECT d.message_id, d.subscription, d.state AS was
                  FROM delivery d
                 WHERE d.message_id = ANY (:ids)
                   AND d.message_id BETWEEN :first AND :last
                   AND ((d.message_id, d.subscription, d.state) IN (
                           SELECT r.id, r.subscription, was
                             FROM request r
                             JOIN (VALUES ('CONSUMED', 'SENDING'), ('CONSUMED', 'DEAD'), ('CONSUMED', 'DISCARDED'),
                                          ('REJECTED', 'SENDING'), ('REJECTED', 'DEAD')) AS allowed (state, was)
                            USING (state))
                       ) IS TRUE                                           -- as above
                 ORDER BY d.message_id, d.subscription
                   FOR UPDATE OF d
            ), accepted AS MATERIALIZED (
                SELECT l.*, r.application, r.state, r.error
                  FROM locked l JOIN request r ON r.id = l.message_id AND r.subscription = l.subscription
            ),
            -- 3. change
            changed AS (
                UPDATE delivery d
                   SET (state, last_error) = (SELECT a.state, COALESCE(a.error, d.last_error)
                                                FROM accepted a
                                               WHERE a.message_id = d.message_id AND a.subscription = d.subscription),
                       due_at = NULL, finished_at = now(),
                       attempts = GREATEST(d.attempts, 1),                 -- as above
                       sent_at = CASE WHEN d.attempts = 0 AND d.cause_id IS NULL THEN d.deliverable_at ELSE d.sent_at END
                 WHERE d.message_id = ANY (:ids)
                   AND d.message_id BETWEEN :first AND :last
                   AND ((d.message_id, d.subscription) IN (SELECT message_id, subscription FROM accepted)) IS TRUE
                RETURNING d.message_id, d.subscription, extract(EPOCH FROM now() - d.deliverable_at) AS taken
            ),
            -- 4. history
            history AS (
                INSERT INTO event (message_id, subscription, kind, actor, detail)
                SELECT message_id, subscription, CASE state WHEN 'REJECTED' THEN 'REJECTED' ELSE 'LATE_ACK' END,
                       application, COALESCE(error, 'was ' || was)
                  FROM accepted
                 WHERE state = 'REJECTED' OR was <> 'SENDING'
            )
            -- 5. answer
            SELECT message_id, subscription, taken, NULL::bigint AS first_sent FROM changed
            """;

    private static final String STANDING = """
            WITH m AS MATERIALIZED (                                       -- read once, and only then joined
                SELECT id, topic, state FROM message WHERE id = ANY (:ids) AND id BETWEEN :first AND :last
            ), d AS MATERIALIZED (
                SELECT message_id, subscription, state, last_error
                  FROM delivery
                 WHERE message_id = ANY (:ids) AND message_id BETWEEN :first AND :last
            )
            SELECT r.position, d.state AS delivery, d.last_error,
                   m.state AS decision, shown_state(m.id, m.state) AS shown,
                   EXISTS (SELECT FROM subscription s
                            WHERE s.topic = m.topic AND s.application = r.application
                              AND (r.subscription IS NULL OR s.name = r.subscription)) AS subscribes
              FROM unnest(:ids::uuid[], :subscriptions::text[], :applications::text[])
                   WITH ORDINALITY AS r (id, subscription, application, position)
              JOIN m ON m.id = r.id
              LEFT JOIN d
                ON d.message_id = m.id AND d.subscription = r.subscription
               AND EXISTS (SELECT FROM subscription s WHERE s.name = d.subscription AND s.application = r.application)
            """;

    private static final String OWN_DELIVERIES = """
            WITH d AS MATERIALIZED (
                SELECT message_id, subscription
                  FROM delivery
                 WHERE message_id = ANY (:ids) AND message_id BETWEEN :first AND :last
            )
            SELECT r.position, d.subscription
              FROM unnest(:ids::uuid[], :applications::text[]) WITH ORDINALITY AS r (id, application, position)
              JOIN d ON d.message_id = r.id
              JOIN subscription s ON s.name = d.subscription AND s.application = r.application
             ORDER BY r.position, d.subscription
            """;

    private final JdbcClient jdbc;
    private final ConsumerWatermark progress;

    AcknowledgementStore(@OfGroupCommit JdbcClient jdbc, ConsumerWatermark progress) {
        this.jdbc = jdbc;
        this.progress = progress;
    }

    /**
     * Settles what can be settled. Of several requests for one delivery the first counts; the others find it settled, or
     * not if the first was not its consumer's.
     *
     * @return one outcome per request, in order; null: it stands as if it could be settled, so settle it again
     */
    List<@Nullable AckResult> settle(List<AckCommand> requests) {
        var own = ownDeliveries(requests.stream()
                .filter(request -> request.subscription() == null)
                .toList());
        var named = requests.stream().map(request -> named(request, own)).toList();
        var firsts = firsts(named);
        var settled = write(ACK_SENDING, firsts, request -> request.transition() == ACK);
        var standing = AfterCommit.goOn(!settled.isEmpty(), () -> {
            settled.putAll(write(SETTLE, firsts, request -> !settled.containsKey(Delivery.named(request))));
            return standing(named.stream()
                    .filter(request -> !isSettled(request, firsts, settled))
                    .toList());
        });
        var results = new ArrayList<@Nullable AckResult>();
        for (var request : named) {
            if (isSettled(request, firsts, settled)) {
                results.add(applied(request, Objects.requireNonNull(settled.get(Delivery.named(request)))));
            } else {
                results.add(
                        standing == null
                                ? null
                                : explain(request, standing.get(request), own.getOrDefault(request, List.of())));
            }
        }
        return results;
    }

    private static boolean isSettled(
            AckCommand request, Map<Delivery, AckCommand> firsts, Map<Delivery, Duration> settled) {
        var delivery = Delivery.named(request);
        return firsts.get(delivery) == request && settled.containsKey(delivery);
    }

    private static AckCommand named(AckCommand request, Map<AckCommand, List<String>> own) {
        var candidates = own.getOrDefault(request, List.of());
        return candidates.size() == 1 ? request.forSubscription(candidates.getFirst()) : request;
    }

    /** Those that name a delivery, sorted by it, so that all batches lock in one order. */
    private static SortedMap<Delivery, AckCommand> firsts(List<AckCommand> requests) {
        var firsts = new TreeMap<Delivery, AckCommand>();
        requests.stream()
                .filter(request -> request.subscription() != null)
                .forEach(request -> firsts.putIfAbsent(Delivery.named(request), request));
        return firsts;
    }

    private Map<Delivery, Duration> write(
            String sql, SortedMap<Delivery, AckCommand> firsts, Predicate<AckCommand> concerns) {
        var settled = new HashMap<Delivery, Duration>();
        var requests = firsts.values().stream().filter(concerns).toList();
        if (!requests.isEmpty()) {
            statement(sql, requests)
                    .param(
                            "states",
                            SqlArrays.of(
                                    "text", requests, r -> r.transition().to().name()))
                    .param("errors", SqlArrays.of("text", requests, AckCommand::error))
                    .query(row -> {
                        settled.put(Delivery.of(row), taken(row));
                        progress.acked(row.getString("subscription"), row.getLong("first_sent"));
                    });
        }
        return settled;
    }

    private Map<AckCommand, List<String>> ownDeliveries(List<AckCommand> requests) {
        var own = new IdentityHashMap<AckCommand, List<String>>();
        if (!requests.isEmpty()) {
            statement(OWN_DELIVERIES, requests).query(row -> {
                own.computeIfAbsent(at(row, requests), request -> new ArrayList<>())
                        .add(row.getString("subscription"));
            });
        }
        return own;
    }

    private Map<AckCommand, Standing> standing(List<AckCommand> requests) {
        var standing = new IdentityHashMap<AckCommand, Standing>();
        if (!requests.isEmpty()) {
            statement(STANDING, requests).query(row -> {
                standing.put(at(row, requests), Standing.of(row));
            });
        }
        return standing;
    }

    private JdbcClient.StatementSpec statement(String sql, List<AckCommand> requests) {
        var ids = requests.stream().map(AckCommand::id).toList();
        return IdRange.bind(jdbc.sql(sql), ids)
                .param("subscriptions", SqlArrays.of("text", requests, AckCommand::subscription))
                .param("applications", SqlArrays.of("text", requests, AckCommand::application));
    }

    private static AckCommand at(ResultSet row, List<AckCommand> requests) throws SQLException {
        return requests.get(row.getInt("position") - 1);
    }

    private static Duration taken(ResultSet row) throws SQLException {
        return Duration.ofNanos((long) (row.getDouble("taken") * 1e9));
    }

    private static AckResult applied(AckCommand request, Duration taken) {
        return new AckResult.Applied(
                request.id(),
                Objects.requireNonNull(request.subscription()),
                request.transition().to(),
                taken);
    }

    private static @Nullable AckResult explain(AckCommand request, @Nullable Standing standing, List<String> own) {
        if (standing == null) {
            return new AckResult.Unknown(request.id());
        }
        var subscription = request.subscription();
        if (standing.delivery != null && subscription != null) {
            if (request.transition().from().contains(standing.delivery)) {
                return null; // it came there after the statement that would have settled it
            }
            return settledBefore(request, subscription, standing.delivery, standing.lastError);
        }
        if (standing.decision != Decision.CONFIRMED && standing.subscribes) {
            return new AckResult.NeverSent(request.id(), standing.shown);
        }
        return own.size() > 1 ? new AckResult.Ambiguous(request.id(), own) : new AckResult.Unknown(request.id());
    }

    private static AckResult settledBefore(
            AckCommand request, String subscription, DeliveryState state, @Nullable String lastError) {
        if (state != request.transition().to()) {
            return new AckResult.Refused(request.id(), subscription, state);
        }
        return RejectionText.haveSameCode(request.error(), lastError)
                ? new AckResult.Repeated(request.id(), subscription, state)
                : new AckResult.CodeDiffers(request.id(), subscription, RejectionText.codeOf(lastError));
    }

    /**
     * @param delivery null: there is none for that subscription of the caller's
     * @param lastError of a rejected delivery its rejection
     * @param subscribes whether the caller subscribes to the message's topic at all
     */
    private record Standing(
            @Nullable DeliveryState delivery,
            @Nullable String lastError,
            Decision decision,
            MessageState shown,
            boolean subscribes) {

        static Standing of(ResultSet row) throws SQLException {
            var delivery = row.getString("delivery");
            return new Standing(
                    delivery == null ? null : DeliveryState.valueOf(delivery),
                    row.getString("last_error"),
                    Decision.valueOf(row.getString("decision")),
                    MessageState.valueOf(row.getString("shown")),
                    row.getBoolean("subscribes"));
        }
    }

    private record Delivery(MessageId id, String subscription) implements Comparable<Delivery> {

        private static final Comparator<Delivery> ORDER =
                Comparator.comparing(Delivery::id).thenComparing(Delivery::subscription);

        static Delivery named(AckCommand request) {
            return new Delivery(request.id(), Objects.requireNonNullElse(request.subscription(), ""));
        }

        static Delivery of(ResultSet row) throws SQLException {
            return new Delivery(Columns.id(row, "message_id"), row.getString("subscription"));
        }

        @Override
        public int compareTo(Delivery other) {
            return ORDER.compare(this, other);
        }
    }
}
