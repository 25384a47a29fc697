package io.reliablemessage.adminui.messages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A search as an address has it: the parameters that are given, and no others. */
final class FilterFixture {

    private FilterFixture() {}

    /** Pairs of a name and its value. */
    static Filter filter(String... parameters) {
        Map<String, String> given = new HashMap<>();
        for (int at = 0; at < parameters.length; at += 2) {
            given.put(parameters[at], parameters[at + 1]);
        }
        return of(given, null);
    }

    static Filter chosen(String... ids) {
        return of(Map.of(), List.of(ids));
    }

    private static Filter of(Map<String, String> given, @Nullable List<String> ids) {
        return new Filter(
                given.get("state"),
                given.get("topic"),
                given.get("subscription"),
                given.get("producer"),
                given.get("key"),
                given.get("cause"),
                given.get("overdue"),
                given.get("suspect"),
                given.get("minAttempts"),
                given.get("olderThan"),
                ids,
                given.get("window"),
                given.get("from"),
                given.get("to"));
    }
}
