package io.reliablemessage.client.internal.json;

import io.reliablemessage.client.internal.json.RecordShape.Member;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the contract's requests, which are flat: texts, numbers, times as text, lists and maps of these, and the
 * payload. Members without a value are left out. The same bytes whatever JSON library there is.
 */
final class RecordWriter {

    private final StringBuilder out = new StringBuilder(256);
    private final Function<@Nullable Object, String> payloads;

    private RecordWriter(Function<@Nullable Object, String> payloads) {
        this.payloads = payloads;
    }

    /** @param payloads writes what is the caller's own */
    static String write(Object request, Function<@Nullable Object, String> payloads) {
        var writer = new RecordWriter(payloads);
        writer.object(request);
        return writer.out.toString();
    }

    private void object(Object request) {
        out.append('{');
        for (var member : RecordShape.of(request.getClass()).members()) {
            var value = member.of(request);
            if (value != null || isPayload(member)) {
                name(member.name());
                if (isPayload(member)) {
                    out.append(payloads.apply(value));
                } else {
                    value(value);
                }
            }
        }
        out.append('}');
    }

    private static boolean isPayload(Member member) {
        return member.type() == Object.class;
    }

    private void value(@Nullable Object value) {
        if (value instanceof List<?> list) {
            var separator = '[';
            for (var each : list) {
                out.append(separator);
                value(each);
                separator = ',';
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Map<?, ?> map) {
            out.append('{');
            sorted(map).forEach((name, each) -> {
                name(name);
                value(each);
            });
            out.append('}');
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            text(String.valueOf(value)); // an enum's name and a time's ISO 8601 are what they print
        }
    }

    /** Map.of() iterates differently in every JVM; a repeated prepare must have the bytes of the first. */
    private static Map<String, Object> sorted(Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((name, each) -> sorted.put((String) name, each));
        return sorted;
    }

    private void name(String name) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        text(name);
        out.append(':');
    }

    private void text(String text) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
