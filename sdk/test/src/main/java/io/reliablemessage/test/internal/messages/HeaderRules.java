package io.reliablemessage.test.internal.messages;

import io.reliablemessage.test.internal.http.Problem;
import io.reliablemessage.test.internal.http.Texts;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks which headers a producer may set. */
final class HeaderRules {

    private static final int MAX_HEADERS = 64;
    private static final int MAX_HEADER = 1024;
    private static final int MAX_TOTAL = 32 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,127}");
    private static final Set<String> RESERVED =
            Set.of("cc", "bcc", "reply-to", "user-id", "expiration", "traceparent", "tracestate");
    private static final Set<String> RESERVED_PREFIXES = Set.of("x-", "rm-");

    private HeaderRules() {}

    static Map<String, String> check(Map<String, String> headers) {
        Problem.require(headers.size() <= MAX_HEADERS, "At most %d headers are accepted.".formatted(MAX_HEADERS));
        headers.forEach(HeaderRules::checkOne);
        var total = headers.entrySet().stream()
                .mapToInt(header -> Texts.bytes(header.getKey()) + Texts.bytes(header.getValue()))
                .sum();
        Problem.require(
                total <= MAX_TOTAL,
                "headers have %d bytes together, at most %d are accepted.".formatted(total, MAX_TOTAL));
        return headers;
    }

    private static void checkOne(String name, String value) {
        Problem.require(
                NAME.matcher(name).matches(),
                "A header's name takes 1 to 128 letters, digits, '.', '_' and '-', starting with a letter.");
        var lower = name.toLowerCase(Locale.ROOT);
        Problem.require(
                !RESERVED.contains(lower) && RESERVED_PREFIXES.stream().noneMatch(lower::startsWith),
                "The header '%s' is reserved for the broker and the service.".formatted(name));
        Texts.plain("headers." + name, value, MAX_HEADER);
    }
}
