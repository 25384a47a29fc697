package io.reliablemessage.service.admin.search;

import static io.reliablemessage.adminapi.message.SearchState.DEAD;
import static io.reliablemessage.adminapi.message.SearchState.PENDING_CONFIRM;
import static io.reliablemessage.adminapi.message.SearchState.REJECTED;
import static io.reliablemessage.adminapi.message.SearchState.SENDING;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.service.admin.search.FoundMessage.Walk;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.database.ForEffect;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.database.SqlState;
import io.reliablemessage.service.platform.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds messages, newest first, for any filter. A call reads a bounded number of rows; if these do not fill a page, it
 * returns how far it has come.
 */
@Component
public class SearchStore {

    // Rows that lie side by side; of others, fewer. In the text: the planner has to know how few they are.
    static final int LOOKED_AT = 20_000;
    static final int LOOKED_AT_TO_COUNT = 40_000;

    // A generic plan takes a range of ids for a two-hundredth of all, and would collect and sort that.
    // So the order of an index is all that is left to it. The time is for an index that nobody has read for
    // long: what is gone has to be cleared from it.
    private static final String WALK = """
            SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true),
                   set_config('enable_seqscan', 'off', true), set_config('enable_hashagg', 'off', true),
                   set_config('max_parallel_workers_per_gather', '0', true),
                   set_config('jit', 'off', true), set_config('statement_timeout', '5s', true)
            """;

    // Among the first entries of partial indexes, which are in the order of the ids: those have the times of the
    // producers' clocks. What may not be delivered yet keeps nobody waiting. OFFSET 0: one by one, else the planner
    // could read all messages.
    private static final String OLDEST = """
            SELECT now() AS at,
                   (SELECT min(created_at)
                      FROM (SELECT created_at FROM message WHERE check_due_at IS NOT NULL ORDER BY id LIMIT 100) first
                   ) AS pending_confirm,
                   (SELECT min(deliverable_at)
                      FROM (SELECT deliverable_at FROM delivery WHERE due_at IS NOT NULL ORDER BY message_id LIMIT 1000) first
                     WHERE deliverable_at <= now()) AS sending,
                   (SELECT min(created_at)
                      FROM (SELECT message_id FROM delivery WHERE state = 'REJECTED' ORDER BY message_id LIMIT 100) first
                     CROSS JOIN LATERAL (SELECT created_at FROM message WHERE id = message_id OFFSET 0) its) AS rejected,
                   (SELECT min(created_at)
                      FROM (SELECT message_id FROM delivery WHERE state = 'DEAD' ORDER BY message_id LIMIT 100) first
                     CROSS JOIN LATERAL (SELECT created_at FROM message WHERE id = message_id OFFSET 0) its) AS dead
            """;

    private static final String CANCELLED_STATEMENT = "57014";
    private static final String TOO_BUSY =
            "The database is too busy for this search. Narrow it by a key, a state or a time, or repeat it.";

    private final JdbcClient jdbc;
    private final LedgerTransactions ledger;
    private final LedgerProperties properties;

    SearchStore(JdbcClient jdbc, LedgerTransactions ledger, LedgerProperties properties) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.properties = properties;
    }

    /** Finds the newest matching messages, up to a limit. */
    public FoundMessage find(MessageFilter search, int limit) {
        return FoundMessage.of(each(search, scan -> walk(scan, limit)), limit);
    }

    /** Since when the oldest message has waited in each state that is not final. */
    public Oldest oldest() {
        return walk(() -> jdbc.sql(OLDEST)
                .query((row, number) -> {
                    var since = new EnumMap<SearchState, Instant>(SearchState.class);
                    for (var state : List.of(PENDING_CONFIRM, SENDING, REJECTED, DEAD)) {
                        var at = Columns.instant(row, state.name().toLowerCase(Locale.ROOT));
                        if (at != null) {
                            since.put(state, at);
                        }
                    }
                    return new Oldest(Columns.requiredInstant(row, "at"), since);
                })
                .single());
    }

    /** @param at when it was counted */
    public record Oldest(Instant at, Map<SearchState, Instant> since) {}

    private <T> List<T> each(MessageFilter search, Function<Scan, T> look) {
        var scans = SearchQuery.scans(search);
        return scans.isEmpty() ? List.of() : walk(() -> scans.stream().map(look).toList());
    }

    private <T> T walk(Supplier<T> look) {
        try {
            return ledger.commit(() -> {
                ForEffect.run(jdbc.sql(WALK));
                return look.get();
            });
        } catch (DataAccessException failed) {
            var state = SqlState.of(failed);
            if (state.code().equals(CANCELLED_STATEMENT) || state.isLocked()) {
                throw new Problem(UNAVAILABLE, TOO_BUSY, failed);
            }
            throw failed;
        }
    }

    private Walk walk(Scan scan, int limit) {
        var ids = new ArrayList<MessageId>();
        var ends = new ArrayList<MessageId>();
        statement(ScanSql.page(scan, LOOKED_AT), scan.filter())
                .param("limit", limit)
                .query(row -> {
                    var id = Columns.id(row, "id");
                    if (row.getBoolean("is_found")) {
                        ids.add(id);
                    }
                    if (row.getBoolean("is_end")) {
                        ends.add(id);
                    }
                });
        return new Walk(ids, ids.size() > limit ? ids.getLast() : end(ends));
    }

    private static @Nullable MessageId end(ArrayList<MessageId> ends) {
        return ends.isEmpty() ? null : ends.getFirst();
    }

    /** Counts the matches, up to a limit. */
    public Counted count(MessageFilter search) {
        var all = each(
                        search,
                        scan -> statement(ScanSql.count(scan, LOOKED_AT_TO_COUNT), scan.filter())
                                .query((row, number) -> new Counted(row.getInt("found"), row.getBoolean("is_end")))
                                .single())
                .stream()
                .reduce(new Counted(0, false), Counted::plus);
        return all.found > ScanSql.MAX_COUNTED ? new Counted(ScanSql.MAX_COUNTED, true) : all;
    }

    /** @param isCapped there may be more */
    public record Counted(int found, boolean isCapped) {

        Counted plus(Counted other) {
            return new Counted(found + other.found, isCapped || other.isCapped);
        }
    }

    private JdbcClient.StatementSpec statement(String sql, MessageFilter search) {
        return jdbc.sql(sql)
                .params(search.parameters())
                .param("suspectAfterChecks", properties.suspectAfterChecks())
                .param("suspectAfter", properties.suspectAfter().toMillis());
    }
}
