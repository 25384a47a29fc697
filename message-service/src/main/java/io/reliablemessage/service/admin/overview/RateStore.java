package io.reliablemessage.service.admin.overview;

import static io.reliablemessage.service.model.ActivityCounters.Step.CANCELLED;
import static io.reliablemessage.service.model.ActivityCounters.Step.CONFIRMED;
import static io.reliablemessage.service.model.ActivityCounters.Step.CONSUMED;
import static io.reliablemessage.service.model.ActivityCounters.Step.DEAD;
import static io.reliablemessage.service.model.ActivityCounters.Step.PREPARED;
import static io.reliablemessage.service.model.ActivityCounters.Step.REDELIVERED;
import static io.reliablemessage.service.model.ActivityCounters.Step.REJECTED;
import static io.reliablemessage.service.model.ActivityCounters.Step.SENT;

import io.reliablemessage.service.model.ActivityCounters.Counts;
import io.reliablemessage.service.model.ActivityCounters.Step;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores how often each step happened per minute and per hour, over all replicas. */
@Component
class RateStore {

    // Both rows in one order, for replicas that come at once.
    private static final String ADD = """
            INSERT INTO rate AS r (minutes, at, prepared, confirmed, cancelled, sent, redelivered, consumed, rejected, dead, latency)
            SELECT minutes, to_timestamp(floor(extract(EPOCH FROM now()) / (60 * minutes)) * 60 * minutes),
                   :prepared, :confirmed, :cancelled, :sent, :redelivered, :consumed, :rejected, :dead, :latency
              FROM (VALUES (1), (60)) AS resolution (minutes)
             ORDER BY minutes
                ON CONFLICT (minutes, at) DO UPDATE
               SET prepared = r.prepared + excluded.prepared,
                   confirmed = r.confirmed + excluded.confirmed,
                   cancelled = r.cancelled + excluded.cancelled,
                   sent = r.sent + excluded.sent,
                   redelivered = r.redelivered + excluded.redelivered,
                   consumed = r.consumed + excluded.consumed,
                   rejected = r.rejected + excluded.rejected,
                   dead = r.dead + excluded.dead,
                   latency = ARRAY(SELECT COALESCE(one, 0) + COALESCE(other, 0)
                                     FROM unnest(r.latency, excluded.latency) WITH ORDINALITY AS class (one, other, place)
                                    ORDER BY place)
            """;

    private static final String READ = """
            SELECT bucket.at AS bucket, r.*
              FROM (SELECT to_timestamp((floor(extract(EPOCH FROM now()) / :step) - back) * :step) AS at
                      FROM generate_series(0, :buckets - 1) back) bucket
              LEFT JOIN rate r
                ON r.minutes = :minutes AND r.at >= bucket.at AND r.at < bucket.at + :step * interval '1 s'
            """;

    private static final String LATELY = """
            SELECT r.*, 1 + (extract(EPOCH FROM now()) - floor(extract(EPOCH FROM now()) / 60) * 60) / 60 AS elapsed
              FROM rate r
             WHERE r.minutes = 1 AND r.at >= to_timestamp((floor(extract(EPOCH FROM now()) / 60) - 1) * 60)
            """;

    private static final String FORGET = """
            DELETE FROM rate WHERE at < now() - interval '8 d' OR minutes = 1 AND at < now() - interval '25 h'
            """;

    private static final Map<Step, String> COLUMNS = new EnumMap<>(Map.of(
            PREPARED, "prepared",
            CONFIRMED, "confirmed",
            CANCELLED, "cancelled",
            SENT, "sent",
            REDELIVERED, "redelivered",
            CONSUMED, "consumed",
            REJECTED, "rejected",
            DEAD, "dead"));

    private final JdbcClient jdbc;

    RateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Counts counts) {
        var sql = jdbc.sql(ADD).param("latency", SqlArrays.of("bigint", trimmed(counts.latencies()), count -> count));
        COLUMNS.forEach((step, column) -> sql.param(column, counts.of(step)));
        sql.update();
    }

    private static List<Long> trimmed(List<Long> latencies) {
        var length = latencies.size();
        while (length > 0 && latencies.get(length - 1) == 0) {
            length--;
        }
        return latencies.subList(0, length);
    }

    /** @param minutes of the rows that are added up: 1 or 60 */
    List<Bucket> read(Duration step, int buckets, int minutes) {
        var sums = new TreeMap<Instant, Counts>();
        jdbc.sql(READ)
                .param("step", step.toSeconds())
                .param("buckets", buckets)
                .param("minutes", minutes)
                .query(row -> {
                    sums.merge(Columns.requiredInstant(row, "bucket"), counts(row), Counts::plus);
                });
        return sums.entrySet().stream()
                .map(sum -> new Bucket(sum.getKey(), sum.getValue()))
                .toList();
    }

    record Bucket(Instant at, Counts counts) {}

    /** How often each step was taken in the last minute and the current one so far. */
    Map<Step, Double> perMinute() {
        var rates = new EnumMap<Step, Double>(Step.class);
        COLUMNS.keySet().forEach(step -> rates.put(step, 0.0));
        jdbc.sql(LATELY).query(row -> {
            var counts = counts(row);
            var elapsed = row.getDouble("elapsed");
            rates.replaceAll((step, rate) -> rate + counts.of(step) / elapsed);
        });
        return rates;
    }

    void forget() {
        jdbc.sql(FORGET).update();
    }

    private static Counts counts(ResultSet row) throws SQLException {
        var latency = row.getArray("latency");
        if (latency == null) {
            return Counts.NONE;
        }
        var steps = new EnumMap<Step, Long>(Step.class);
        for (var column : COLUMNS.entrySet()) {
            steps.put(column.getKey(), row.getLong(column.getValue()));
        }
        return new Counts(steps, new ArrayList<>(Arrays.asList((Long[]) latency.getArray())));
    }
}
