package io.reliablemessage.service.admin.cause;

import static java.util.stream.Collectors.toMap;

import io.reliablemessage.adminapi.cause.CauseKind;
import io.reliablemessage.adminapi.cause.CauseView;
import io.reliablemessage.adminapi.overview.Window;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.platform.database.SqlArrays;
import io.reliablemessage.service.platform.database.SqlTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists the causes of dead and rejected deliveries, with their counts. */
@Component
class CauseStore {

    private static final SqlTemplate LIST = new SqlTemplate("""
            SELECT c.*
              FROM cause c
             WHERE true{conditions}
             ORDER BY c.last_at DESC, c.id DESC
             LIMIT :limit + 1
            """);

    private static final String TREND = """
            SELECT cause_id, floor(extract(EPOCH FROM now()) / :step) - floor(extract(EPOCH FROM at) / :step) AS back, sum(died) AS died
              FROM cause_trend
             WHERE cause_id = ANY (:ids)
               AND minutes = :minutes
               AND at >= to_timestamp((floor(extract(EPOCH FROM now()) / :step) - :buckets + 1) * :step)
             GROUP BY 1, 2
            """;

    private static final String NOTE = """
            UPDATE cause
               SET note = :text, note_actor = CASE WHEN :text::text IS NOT NULL THEN :actor END,
                   note_at = CASE WHEN :text::text IS NOT NULL THEN now() END
             WHERE id = :id
            """;

    private static final String STANDING = """
            SELECT topic, COALESCE(sum(standing) FILTER (WHERE kind <> 'REJECTED'), 0) AS dead,
                   COALESCE(sum(standing) FILTER (WHERE kind = 'REJECTED'), 0) AS rejected
              FROM cause
             WHERE topic = ANY (:topics)
             GROUP BY topic
            """;

    private static final String LATELY = "SELECT count(*) FROM cause WHERE last_at > now() - interval '1 h'";

    private final JdbcClient jdbc;
    private final CauseCounts counts;

    CauseStore(JdbcClient jdbc, CauseCounts counts) {
        this.jdbc = jdbc;
        this.counts = counts;
    }

    /**
     * Selects causes; null selects all.
     *
     * @param window only causes with a failure within this window; null: only causes with open failures
     */
    record Selection(
            @Nullable Window window,
            @Nullable String topic,
            @Nullable String subscription,
            @Nullable DeliveryState state) {

        Resolution resolution() {
            return Resolution.of(window == null ? Window.LAST_7_DAYS : window);
        }

        private String conditions() {
            return (window == null ? " AND c.standing > 0" : " AND c.last_at > now() - :window * interval '1 s'")
                    + about();
        }

        /** The condition on causes {@code c}, whenever they last occurred. */
        String about() {
            return (topic == null ? "" : " AND c.topic = :topic")
                    + (subscription == null ? "" : " AND c.subscription = :subscription")
                    + (state == null ? "" : " AND (c.kind = 'REJECTED') = (:state = 'REJECTED')");
        }

        Map<String, @Nullable Object> parameters() {
            var parameters = new HashMap<String, @Nullable Object>();
            parameters.put("window", window == null ? 0 : window.duration().toSeconds());
            parameters.put("topic", topic);
            parameters.put("subscription", subscription);
            parameters.put("state", state == null ? null : state.name());
            return parameters;
        }
    }

    /** A place in a list of causes. */
    record Place(Instant lastAt, UUID id) {

        static Place of(CauseView cause) {
            return new Place(cause.lastAt(), UUID.fromString(cause.id()));
        }
    }

    /** @param next where the list continues; null: at its end */
    record Page(
            Duration bucket,
            List<CauseView> causes,
            @Nullable Place next) {}

    /** Lists causes, the latest first. Everything committed before is counted. */
    Page list(Selection selection, @Nullable Place behind, int limit) {
        counts.fold();
        var resolution = selection.resolution();
        var found = jdbc.sql(LIST.with(
                                "conditions",
                                selection.conditions()
                                        + (behind == null ? "" : " AND (c.last_at, c.id) < (:lastAt, :id)"))
                        .sql())
                .params(selection.parameters())
                .param("lastAt", behind == null ? null : behind.lastAt.atOffset(ZoneOffset.UTC))
                .param("id", behind == null ? null : behind.id)
                .param("limit", limit)
                .query((row, number) -> view(row, resolution))
                .list();
        var isMore = found.size() > limit;
        var page = isMore ? found.subList(0, limit) : found;
        addTrends(page, resolution);
        return new Page(resolution.step(), page, isMore ? Place.of(page.getLast()) : null);
    }

    private void addTrends(List<CauseView> causes, Resolution resolution) {
        var byId = causes.stream().collect(toMap(cause -> UUID.fromString(cause.id()), CauseView::trend));
        jdbc.sql(TREND)
                .param("ids", SqlArrays.of("uuid", byId.keySet(), id -> id))
                .param("step", resolution.step().toSeconds())
                .param("minutes", resolution.minutes())
                .param("buckets", resolution.buckets())
                .query(row -> {
                    var place = resolution.buckets() - 1 - row.getInt("back");
                    Objects.requireNonNull(byId.get(row.getObject("cause_id", UUID.class)))
                            .set(Math.min(place, resolution.buckets() - 1), row.getInt("died"));
                });
    }

    /** @return false when there is no such cause */
    boolean note(UUID cause, @Nullable String text, String actor) {
        return 1
                == jdbc.sql(NOTE)
                        .param("id", cause)
                        .param("text", text)
                        .param("actor", actor)
                        .update();
    }

    /** Counts failures by topic; topics without a failure are left out. */
    Map<String, FailureCounts> standing(Collection<String> topics) {
        counts.fold();
        var standing = new HashMap<String, FailureCounts>();
        jdbc.sql(STANDING)
                .param("topics", SqlArrays.of("text", topics, topic -> topic))
                .query(row -> {
                    standing.put(row.getString("topic"), new FailureCounts(row.getInt("dead"), row.getInt("rejected")));
                });
        return standing;
    }

    /** Counts the causes with a failure in the last hour. */
    int metLately() {
        counts.fold();
        return jdbc.sql(LATELY).query(Integer.class).single();
    }

    /**
     * How a window is divided.
     *
     * @param minutes of the rows that are added up
     */
    record Resolution(Duration step, int buckets, int minutes) {

        static Resolution of(Window window) {
            return switch (window) {
                case LAST_HOUR -> new Resolution(Duration.ofMinutes(5), 12, 5);
                case LAST_6_HOURS -> new Resolution(Duration.ofMinutes(30), 12, 5);
                case LAST_24_HOURS -> new Resolution(Duration.ofHours(1), 24, 60);
                case LAST_7_DAYS -> new Resolution(Duration.ofHours(6), 28, 60);
            };
        }
    }

    private static CauseView view(ResultSet row, Resolution resolution) throws SQLException {
        var kind = CauseKind.valueOf(row.getString("kind"));
        return new CauseView(
                row.getString("id"),
                kind,
                kind == CauseKind.REJECTED ? DeliveryState.REJECTED : DeliveryState.DEAD,
                row.getString("topic"),
                row.getString("subscription"),
                row.getString("fingerprint"),
                row.getString("sample"),
                row.getInt("standing"),
                row.getInt("again"),
                Columns.requiredInstant(row, "first_at"),
                Columns.requiredInstant(row, "last_at"),
                new ArrayList<>(Collections.nCopies(resolution.buckets(), 0)),
                note(row));
    }

    private static CauseView.@Nullable Note note(ResultSet row) throws SQLException {
        var text = row.getString("note");
        return text == null
                ? null
                : new CauseView.Note(text, row.getString("note_actor"), Columns.requiredInstant(row, "note_at"));
    }
}
