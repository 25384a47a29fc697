package io.reliablemessage.spring.internal.store;

import java.util.regex.Pattern;

/**
 * The names of the tables.
 *
 * @param prefix in place of {@code rm_}; may begin with a schema, as in {@code app.rm_}
 */
public record TableNames(String prefix) {

    public static final TableNames DEFAULT = new TableNames("rm_");

    // It becomes part of SQL.
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z][A-Za-z0-9_]{0,62}\\.)?[A-Za-z][A-Za-z0-9_]{0,30}");

    public TableNames {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "The table prefix is '" + prefix + "', but takes letters, digits and _, and a schema before a dot");
        }
    }

    /** SQL written for the default names, with these. */
    public String in(String sql) {
        return sql.replace("rm_outbox", prefix + "outbox").replace("rm_store", prefix + "store");
    }
}
