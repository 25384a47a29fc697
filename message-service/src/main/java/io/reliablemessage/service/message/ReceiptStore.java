package io.reliablemessage.service.message;

import static io.reliablemessage.service.message.DeliveryTransition.ACK;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Settles deliveries by what their consumers say. */
@Component
public class ReceiptStore {

    // The ordinary ack, and so the whole hot path.
    private static final String ACK_SENDING = """
            UPDATE delivery d
               SET state = 'CONSUMED', due_at = NULL, finished_at = now()
              FROM unnest(:ids::uuid[], :subscriptions::text[], :applications::text[]) AS r (id, subscription, application)
              JOIN subscription s ON s.name = r.subscription AND s.application = r.application
             WHERE d.message_id = r.id
               AND d.subscription = r.subscription
               AND d.message_id = ANY (:ids)
               AND d.message_id BETWEEN :first AND :last                   -- prunes the days
               AND d.state = 'SENDING'
            RETURNING d.message_id, d.subscription
            """;

    // Everything out of the ordinary is written to the timeline as well: a reject, an ack after we gave up.
    private static final String SETTLE = """
            WITH held AS MATERIALIZED (
                SELECT d.message_id, d.subscription, d.state AS was, r.application, r.state, r.error
                  FROM unnest(:ids::uuid[], :subscriptions::text[], :applications::text[], :states::text[], :errors::text[])
                       AS r (id, subscription, application, state, error)
                  JOIN subscription s ON s.name = r.subscription AND s.application = r.application
                  JOIN delivery d ON d.message_id = r.id AND d.subscription = r.subscription
                 WHERE d.message_id = ANY (:ids)
                   AND d.message_id BETWEEN :first AND :last
                   AND (   r.state = 'CONSUMED' AND d.state IN ('SENDING', 'DEAD', 'DISCARDED')
                        OR r.state = 'REJECTED' AND d.state IN ('SENDING', 'DEAD'))
                 ORDER BY d.message_id, d.subscription
                   FOR UPDATE OF d
            ), settled AS (
                UPDATE delivery d
                   SET state = h.state, due_at = NULL, finished_at = now(), last_error = COALESCE(h.error, d.last_error)
                  FROM held h
                 WHERE d.message_id = h.message_id AND d.subscription = h.subscription
                   AND d.message_id = ANY (:ids)
                   AND d.message_id BETWEEN :first AND :last
                RETURNING d.message_id, d.subscription
            ), told AS (
                INSERT INTO event (message_id, subscription, kind, actor, detail)
                SELECT message_id, subscription, CASE state WHEN 'REJECTED' THEN 'REJECTED' ELSE 'LATE_ACK' END,
                       application, COALESCE(error, 'was ' || was)
                  FROM held
                 WHERE state = 'REJECTED' OR was <> 'SENDING'
            )
            SELECT message_id, subscription FROM settled
            """;

    private static final String STANDING = """
            SELECT d.state AS delivery, m.state AS decision, shown_state(m.id, m.state) AS shown,
                   ARRAY(SELECT s.name FROM subscription s
                          WHERE s.topic = m.topic AND s.application = :application
                            AND (:subscription::text IS NULL OR s.name = :subscription) ORDER BY 1) AS own
              FROM message m
              LEFT JOIN delivery d
                ON d.message_id = m.id AND d.subscription = :subscription
               AND EXISTS (SELECT FROM subscription s WHERE s.name = d.subscription AND s.application = :application)
             WHERE m.id = :id
            """;

    private static final String OWN_DELIVERIES = """
            SELECT d.subscription
              FROM delivery d JOIN subscription s ON s.name = d.subscription
             WHERE d.message_id = :id AND s.application = :application
             ORDER BY d.subscription
            """;

    private final JdbcClient jdbc;

    ReceiptStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Settles what can be settled. Of several requests for one delivery the first counts, the others find it settled.
     *
     * @return one outcome per request, in order
     */
    public List<Receipt> settle(List<ReceiptRequest> requests) {
        var named = requests.stream().map(this::withSubscription).toList();
        var firsts = firsts(named);
        var settled = write(ACK_SENDING, firsts, request -> request.transition() == ACK);
        settled.addAll(write(SETTLE, firsts, request -> !settled.contains(Delivery.named(request))));
        return named.stream()
                .map(request ->
                        firsts.get(Delivery.named(request)) == request && settled.contains(Delivery.named(request))
                                ? applied(request)
                                : explain(request))
                .toList();
    }

    /** Those that name a delivery, sorted by it, so that all batches lock in one order. */
    private static SortedMap<Delivery, ReceiptRequest> firsts(List<ReceiptRequest> requests) {
        var firsts = new TreeMap<Delivery, ReceiptRequest>();
        requests.stream()
                .filter(request -> request.subscription() != null)
                .forEach(request -> firsts.putIfAbsent(Delivery.named(request), request));
        return firsts;
    }

    private Set<Delivery> write(
            String sql, SortedMap<Delivery, ReceiptRequest> firsts, Predicate<ReceiptRequest> concerns) {
        var requests = firsts.values().stream().filter(concerns).toList();
        if (requests.isEmpty()) {
            return new HashSet<>();
        }
        var statement = jdbc.sql(sql)
                .param("ids", SqlArrays.of("uuid", requests, r -> r.id().value()))
                .param("first", requests.getFirst().id().value())
                .param("last", requests.getLast().id().value())
                .param("subscriptions", SqlArrays.of("text", requests, ReceiptRequest::subscription))
                .param("applications", SqlArrays.of("text", requests, ReceiptRequest::application))
                .param(
                        "states",
                        SqlArrays.of("text", requests, r -> r.transition().to().name()))
                .param("errors", SqlArrays.of("text", requests, ReceiptRequest::error));
        return new HashSet<>(statement.query(Delivery::of).list());
    }

    private ReceiptRequest withSubscription(ReceiptRequest request) {
        if (request.subscription() != null) {
            return request;
        }
        var own = ownDeliveries(request);
        return own.size() == 1 ? request.forSubscription(own.getFirst()) : request;
    }

    private List<String> ownDeliveries(ReceiptRequest request) {
        return jdbc.sql(OWN_DELIVERIES)
                .param("id", request.id().value())
                .param("application", request.application())
                .query(String.class)
                .list();
    }

    private static Receipt applied(ReceiptRequest request) {
        return new Receipt.Applied(
                request.id(),
                Objects.requireNonNull(request.subscription()),
                request.transition().to());
    }

    private Receipt explain(ReceiptRequest request) {
        return jdbc.sql(STANDING)
                .param("id", request.id().value())
                .param("subscription", request.subscription())
                .param("application", request.application())
                .query((row, number) -> explain(request, row))
                .optional()
                .orElseGet(() -> new Receipt.Unknown(request.id()));
    }

    private Receipt explain(ReceiptRequest request, ResultSet standing) throws SQLException {
        var delivery = standing.getString("delivery");
        var subscription = request.subscription();
        if (delivery != null && subscription != null) {
            var actual = DeliveryState.valueOf(delivery);
            return actual == request.transition().to()
                    ? new Receipt.Repeated(request.id(), subscription, actual)
                    : new Receipt.Refused(request.id(), subscription, actual);
        }
        var decision = Decision.valueOf(standing.getString("decision"));
        if (decision != Decision.CONFIRMED
                && ((Object[]) standing.getArray("own").getArray()).length > 0) {
            return new Receipt.NeverSent(request.id(), MessageState.valueOf(standing.getString("shown")));
        }
        var own = subscription == null ? ownDeliveries(request) : List.<String>of();
        return own.size() > 1 ? new Receipt.Ambiguous(request.id(), own) : new Receipt.Unknown(request.id());
    }

    private record Delivery(MessageId id, String subscription) implements Comparable<Delivery> {

        private static final Comparator<Delivery> ORDER =
                Comparator.comparing(Delivery::id).thenComparing(Delivery::subscription);

        static Delivery named(ReceiptRequest request) {
            return new Delivery(request.id(), Objects.requireNonNullElse(request.subscription(), ""));
        }

        static Delivery of(ResultSet row, int number) throws SQLException {
            return new Delivery(Columns.id(row, "message_id"), row.getString("subscription"));
        }

        @Override
        public int compareTo(Delivery other) {
            return ORDER.compare(this, other);
        }
    }
}
