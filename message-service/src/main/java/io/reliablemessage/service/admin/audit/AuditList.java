package io.reliablemessage.service.admin.audit;

import io.reliablemessage.adminapi.audit.AuditQuery;
import io.reliablemessage.adminapi.audit.AuditView;
import io.reliablemessage.service.admin.common.Cursor;
import io.reliablemessage.service.admin.common.QueryRules;
import io.reliablemessage.service.admin.search.StoredFilter;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.platform.database.SqlTemplate;
import io.reliablemessage.service.platform.web.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Lists operators' actions, newest first. A call reads a bounded number of rows, by the index with the fewest. */
@Component
class AuditList {

    private static final int LOOKED_AT = 20_000;
    private static final int MAX_LENGTH = 400;

    // The row at which the reading ends is returned, found or not.
    private static final SqlTemplate FIND = new SqlTemplate("""
            SELECT *
              FROM (SELECT *, row_number() OVER (ORDER BY at DESC, id DESC) AS place, {found} AS is_found
                      FROM (SELECT *
                              FROM audit
                             WHERE at >= :from AND at < :to{among}
                             ORDER BY at DESC, id DESC
                             LIMIT 20000) looked_at) placed
             WHERE is_found OR place = 20000
             ORDER BY at DESC, id DESC
             LIMIT :limit + 1
            """);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditList(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    AuditView list(AuditQuery query, @Nullable String cursor, int limit) {
        var behind = Cursor.read(query, cursor, AuditList::place);
        var rows = jdbc.sql(statement(query, behind != null))
                .param("actor", text("actor", query.actor()))
                .param("action", text("action", query.action()))
                .param("target", text("target", query.target()))
                .param("from", time("from", query.from(), Instant.EPOCH))
                .param("to", time("to", query.to(), QueryRules.LATEST))
                .param("at", behind == null ? null : behind.at)
                .param("id", behind == null ? null : behind.id)
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list();
        var isFull = rows.size() > limit;
        var last = isFull ? rows.get(limit - 1) : end(rows);
        return new AuditView(
                rows.stream().limit(limit).filter(Row::isFound).map(Row::entry).toList(),
                last == null ? null : Cursor.behind(query, last.at, last.id));
    }

    private static @Nullable Row end(List<Row> rows) {
        return rows.isEmpty() || rows.getLast().place < LOOKED_AT ? null : rows.getLast();
    }

    /** Built from constants only, and only those needed: a generic plan cannot know that {@code :actor IS NULL}. */
    private static String statement(AuditQuery query, boolean isBehind) {
        var isOfTarget = isAsked(query.target());
        var isOfActor = isAsked(query.actor()) && !isOfTarget;
        var isOfAction = isAsked(query.action()) && !isOfTarget && !isOfActor;
        var among = (isOfTarget ? " AND subject = :target" : "")
                + (isOfActor ? " AND actor = :actor" : "")
                + (isOfAction ? " AND act = :action" : "")
                + (isBehind ? " AND (at, id) < (:at, :id)" : "");
        var found = "true" + (isAsked(query.actor()) ? " AND actor = :actor" : "")
                + (isAsked(query.action()) ? " AND act = :action" : "");
        return FIND.with("found", found).with("among", among).sql();
    }

    private static boolean isAsked(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static @Nullable String text(String member, @Nullable String text) {
        return text == null || text.isBlank() ? null : Texts.plain(member, text, MAX_LENGTH);
    }

    private static OffsetDateTime time(String member, @Nullable Instant time, Instant otherwise) {
        return QueryRules.within(member, time == null ? otherwise : time).atOffset(ZoneOffset.UTC);
    }

    private Row row(ResultSet row) throws SQLException {
        var at = Columns.requiredInstant(row, "at");
        var stored = row.getString("filter");
        var filter = stored == null ? null : StoredFilter.read(stored, json);
        return new Row(
                row.getLong("id"),
                at,
                row.getLong("place"),
                row.getBoolean("is_found"),
                new AuditView.Entry(
                        at,
                        row.getString("actor"),
                        row.getString("act"),
                        row.getString("subject"),
                        row.getObject("affected", Integer.class),
                        filter == null ? null : filter.query(),
                        filter == null ? null : filter.unread(),
                        row.getString("reason"),
                        row.getString("outcome")));
    }

    private record Row(long id, Instant at, long place, boolean isFound, AuditView.Entry entry) {}

    private record Place(OffsetDateTime at, long id) {}

    private static Place place(List<String> words) {
        return new Place(
                time("cursor", Instant.parse(words.getFirst()), Instant.EPOCH), Long.parseLong(words.getLast()));
    }
}
