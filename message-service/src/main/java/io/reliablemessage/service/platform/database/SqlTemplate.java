package io.reliablemessage.service.platform.database;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL with named places such as <code>{condition}</code>, which take constant SQL; values are bound as parameters. */
public record SqlTemplate(String text) {

    private static final String AND = "AND ";
    private static final Pattern PLACE = Pattern.compile("\\{[a-zA-Z]+}");

    /** Lines after the first one are indented as the place is, so that conditions stand below each other. */
    public SqlTemplate with(String place, Object sql) {
        var found = Pattern.compile("(?m)^(?<before>.*?)\\{" + place + "}").matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("no place {%s} in: %s".formatted(place, text));
        }
        return new SqlTemplate(found.replaceAll(line -> {
            var before = line.group("before");
            return Matcher.quoteReplacement(before + indented(sql.toString(), before.length()));
        }));
    }

    private static String indented(String sql, int column) {
        var indent = "\n" + " ".repeat(column);
        var indentOfAnd = "\n" + " ".repeat(Math.max(0, column - AND.length()));
        return sql.replace("\n", indent).replace(indent + AND, indentOfAnd + AND);
    }

    public String sql() {
        var left = PLACE.matcher(text);
        if (left.find()) {
            throw new IllegalStateException("%s is not filled in: %s".formatted(left.group(), text));
        }
        return text;
    }
}
