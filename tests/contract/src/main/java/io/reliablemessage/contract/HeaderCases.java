package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers of a message. */
final class HeaderCases {

    private static final int MAX_HEADERS = 64;
    private static final int MAX_HEADER = 1024;
    private static final int MAX_TOTAL = 32 * 1024;

    private HeaderCases() {}

    static List<ContractCase> all() {
        var cases = new CaseList("headers");
        names(cases);
        for (var character : List.of("a", "é", "中", "😀")) {
            cases.accepts("1,024 bytes of " + character, "headers", Map.of("h", Bytes.of(character, MAX_HEADER)));
            cases.refuses(
                    INVALID_REQUEST,
                    "1,025 bytes of " + character,
                    "headers",
                    Map.of("h", Bytes.of(character, MAX_HEADER + 1)));
            cases.accepts("32 KiB of " + character, "headers", headers(character, MAX_HEADERS, MAX_TOTAL));
            cases.refuses(
                    INVALID_REQUEST,
                    "a byte more than 32 KiB of " + character,
                    "headers",
                    headers(character, MAX_HEADERS, MAX_TOTAL + 1));
        }
        cases.accepts("none", "headers", Map.of());
        cases.accepts("64", "headers", headers("a", MAX_HEADERS, MAX_HEADERS * 4));
        cases.refuses(INVALID_REQUEST, "65", "headers", headers("a", MAX_HEADERS + 1, MAX_HEADERS * 5));
        cases.accepts("an empty one", "headers", Map.of("h", ""));
        cases.refuses(INVALID_REQUEST, "one of two lines", "headers", Map.of("h", "a\nb"));
        cases.refuses(MALFORMED_REQUEST, "a number", "headers", Map.of("h", 1));
        cases.refuses(MALFORMED_REQUEST, "a list", "headers", List.of("h"));
        cases.add(
                "one twice: MALFORMED_REQUEST",
                session -> session.post(
                                Caller.PRODUCER, "/messages/prepare", message(session, "{\"h\": \"1\", \"h\": \"2\"}"))
                        .isProblem(MALFORMED_REQUEST));
        cases.add(
                "null: MALFORMED_REQUEST",
                session -> session.post(Caller.PRODUCER, "/messages/prepare", message(session, "{\"h\": null}"))
                        .isProblem(MALFORMED_REQUEST));
        return cases.all();
    }

    private static void names(CaseList cases) {
        for (var name : List.of("h", "lang", "Content-Language", "a.b_c-1", "h".repeat(128), "rm", "x")) {
            cases.accepts("named " + name, "headers", Map.of(name, "1"));
        }
        for (var name : List.of(
                "CC",
                "bcc",
                "x-delay",
                "X-",
                "Reply-To",
                "user-id",
                "expiration",
                "rm-key",
                "RM-Attempt",
                "traceparent",
                "TraceState",
                "",
                " lang",
                "two words",
                "-lang",
                "1st",
                "näme",
                "h".repeat(129))) {
            cases.refuses(INVALID_REQUEST, "named '%s'".formatted(name), "headers", Map.of(name, "1"));
        }
    }

    private static String message(Session session, String headers) {
        return """
                {"topic": "%s", "key": "A", "payload": 1, "headers": %s}""".formatted(session.topic(), headers);
    }

    /** So many headers that have so many bytes together, names included. */
    private static Map<String, String> headers(String character, int count, int bytes) {
        var headers = new LinkedHashMap<String, String>();
        var left = bytes;
        for (var number = 0; number < count; number++) {
            var name = "h%02d".formatted(number);
            var value = left / (count - number) - name.length();
            headers.put(name, Bytes.of(character, value));
            left -= value + name.length();
        }
        return headers;
    }
}
