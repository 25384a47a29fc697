package io.reliablemessage.benchmarks.console;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples of a filled ledger to query.
 *
 * @param cause why many are dead
 * @param dead a message with a long timeline
 * @param cursor of a page of dead ones
 */
record Examples(String cause, String dead, String key, List<String> ids, String operation, String cursor) {

    static Examples of(Connections connections, AdminCalls calls)
            throws SQLException, IOException, InterruptedException {
        try (var connection = connections.open();
                var statement = connection.createStatement()) {
            var found = new ArrayList<String>();
            for (var sql : List.of(
                    "SELECT id FROM cause WHERE kind = 'NO_ACK' ORDER BY standing DESC, id LIMIT 1",
                    "SELECT message_id FROM delivery WHERE state = 'DEAD' ORDER BY message_id DESC OFFSET 100 LIMIT 1",
                    "SELECT key FROM message WHERE check_due_at IS NULL ORDER BY id DESC OFFSET 1000 LIMIT 1",
                    "SELECT id FROM operation ORDER BY matched DESC LIMIT 1")) {
                try (var row = statement.executeQuery(sql)) {
                    row.next();
                    found.add(row.getString(1));
                }
            }
            var ids = new ArrayList<String>();
            try (var rows = statement.executeQuery(
                    "SELECT message_id FROM delivery WHERE state = 'DEAD' AND hashtext(message_id::text) % 1000 = 0 LIMIT 100")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            var page = calls.call(Page.get("", "/admin/messages?state=DEAD"));
            var cursor = page.replaceFirst("(?s).*\"next\":\"([^\"]+)\".*", "$1");
            return new Examples(found.get(0), found.get(1), found.get(2), ids, found.get(3), cursor);
        }
    }

    String dayAgo(int days) {
        return Instant.now()
                .minus(Duration.ofDays(days))
                .truncatedTo(java.time.temporal.ChronoUnit.DAYS)
                .toString();
    }
}
