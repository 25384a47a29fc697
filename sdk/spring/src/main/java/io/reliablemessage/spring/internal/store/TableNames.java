package io.reliablemessage.spring.internal.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of the tables.
 *
 * @param prefix in place of {@code rm_}; may begin with a schema, as in {@code app.rm_}
 */
public record TableNames(String prefix) {

    // It becomes part of SQL.
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z][A-Za-z0-9_]{0,62}\\.)?[A-Za-z][A-Za-z0-9_]{0,30}");

    // In one pass: a prefix may itself contain rm_store.
    private static final Pattern TABLE = Pattern.compile("\\brm_(outbox|store|inbox)\\b");

    // After the patterns, which it needs.
    public static final TableNames DEFAULT = new TableNames("rm_");

    public TableNames {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "The table prefix is '" + prefix + "', but takes letters, digits and _, and a schema before a dot");
        }
    }

    /** SQL written for the default names, with these. */
    public String in(String sql) {
        return TABLE.matcher(sql).replaceAll(Matcher.quoteReplacement(prefix) + "$1");
    }

    /** Null: the connection's own. */
    @Nullable
    String schema() {
        var dot = prefix.indexOf('.');
        return dot < 0 ? null : prefix.substring(0, dot);
    }

    /** The prefix without the schema. */
    String barePrefix() {
        return prefix.substring(prefix.indexOf('.') + 1);
    }
}
