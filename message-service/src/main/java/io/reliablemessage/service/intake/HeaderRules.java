package io.reliablemessage.service.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.web.Texts;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Checks which headers a producer may set: an allow-list of shapes, without the names that brokers act on ({@code CC}
 * would route a copy elsewhere) and those that are the service's own.
 */
@Component
class HeaderRules {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,127}");
    private static final Set<String> RESERVED =
            Set.of("cc", "bcc", "reply-to", "user-id", "expiration", "traceparent", "tracestate");
    private static final Set<String> RESERVED_PREFIXES = Set.of("x-", "rm-");

    private final IntakeProperties limits;

    HeaderRules(IntakeProperties limits) {
        this.limits = limits;
    }

    Map<String, String> check(Map<String, String> headers) {
        Names.require(
                headers.size() <= limits.maxHeaders(),
                "At most %d headers are accepted.".formatted(limits.maxHeaders()));
        headers.forEach(this::checkOne);
        var total = headers.entrySet().stream()
                .mapToLong(header -> bytes(header.getKey()) + bytes(header.getValue()))
                .sum();
        Names.require(
                total <= limits.maxHeadersTotal().toBytes(),
                "headers have %d bytes together, at most %d are accepted."
                        .formatted(total, limits.maxHeadersTotal().toBytes()));
        return headers;
    }

    private void checkOne(String name, String value) {
        Names.require(
                NAME.matcher(name).matches(),
                "A header's name takes 1 to 128 letters, digits, '.', '_' and '-', starting with a letter.");
        var lower = name.toLowerCase(Locale.ROOT);
        Names.require(
                !RESERVED.contains(lower) && RESERVED_PREFIXES.stream().noneMatch(lower::startsWith),
                "The header '%s' is reserved for the broker and the service.".formatted(name));
        Texts.plain("headers." + name, value, limits.maxHeader().toBytes());
    }

    private static long bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
