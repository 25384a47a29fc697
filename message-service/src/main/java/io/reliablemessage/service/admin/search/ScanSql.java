package io.reliablemessage.service.admin.search;

import io.reliablemessage.service.platform.database.SqlTemplate;

/** The statements that run a scan. */
final class ScanSql {

    static final int MAX_COUNTED = 10_000;

    private static final SqlTemplate NEWEST = new SqlTemplate("""
            ({select}
              ORDER BY {id} DESC
              FETCH FIRST {limit} ROWS WITH TIES) {alias}""");

    // One by one: else a plan that has them in order anyway would read all others on its way.
    private static final SqlTemplate NAMED = new SqlTemplate("""
            (SELECT one.*
               FROM unnest(:named::uuid[]) AS wanted (named)
              CROSS JOIN LATERAL (
                    {select}
                       AND {id} = named
                    OFFSET 0) one) {alias}""");

    // The row at which the scan ends is there, found or not. A message may have several deliveries that are found.
    private static final SqlTemplate FOUND = new SqlTemplate("""
            SELECT id, bool_or(is_found) AS is_found, bool_or(place = {limit}) AS is_end
              FROM (SELECT id, {condition} AS is_found,
                           row_number() OVER (ORDER BY id DESC) AS place
                      FROM {rows}) looked_at
             WHERE is_found OR place = {limit}
             GROUP BY id
             ORDER BY id DESC
             LIMIT {most}""");

    private static final SqlTemplate COUNT = new SqlTemplate("""
            SELECT count(*) FILTER (WHERE is_found) AS found, COALESCE(bool_or(is_end), false) AS is_end
              FROM ({found}) counted""");

    private ScanSql() {}

    /**
     * What is found, newest first, and the row at which the scan ends.
     *
     * @param budget how many rows may be read that are adjacent
     */
    static String page(Scan scan, int budget) {
        return found(scan, budget).with("most", ":limit + 2").sql();
    }

    /** How many are found, one more than is counted at most, and whether the scan came to its end. */
    static String count(Scan scan, int budget) {
        return COUNT.with(
                        "found",
                        found(scan, budget).with("most", MAX_COUNTED + 1).sql())
                .sql();
    }

    private static SqlTemplate found(Scan scan, int budget) {
        var limit = scan.cost().rows(budget);
        return FOUND.with("rows", rows(scan, limit))
                .with("condition", scan.condition())
                .with("limit", limit);
    }

    private static String rows(Scan scan, int limit) {
        var rows = scan.filter().ids().isEmpty() ? NEWEST.with("limit", limit) : NAMED;
        return rows.with("select", scan.select())
                .with("id", scan.table().id())
                .with("alias", scan.table().alias())
                .sql();
    }
}
