package io.reliablemessage.test.internal.http;

import io.reliablemessage.test.internal.http.Json.Kind;
import io.reliablemessage.test.internal.http.Json.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of a request, read as strictly as the service reads them: unknown ones and wrong types are refused. */
public final class Members {

    private final Map<String, Value> values;

    private Members(Map<String, Value> values) {
        this.values = values;
    }

    public static Members of(byte[] object, Set<String> known) {
        var values = Json.members(object);
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Problem.malformed("Unknown member '%s'.".formatted(Texts.oneLine(name)));
                });
        return new Members(values);
    }

    public @Nullable String text(String name) {
        return read(name, Kind.TEXT, value -> text(name, value));
    }

    public @Nullable Boolean flag(String name) {
        return read(name, Kind.BOOLEAN, value -> Boolean.valueOf(value.text()));
    }

    public @Nullable Integer integer(String name) {
        return read(name, Kind.NUMBER, value -> {
            try {
                return Integer.valueOf(value.text());
            } catch (NumberFormatException otherwise) {
                throw wrong(name);
            }
        });
    }

    public @Nullable Duration duration(String name) {
        return read(name, Kind.TEXT, value -> duration(name, value));
    }

    public <E extends Enum<E>> @Nullable E constant(String name, Class<E> type) {
        return read(
                name,
                Kind.TEXT,
                value -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equals(value.text()))
                        .findFirst()
                        .orElseThrow(() -> Problem.malformed(
                                "Member '%s' takes %s.".formatted(name, Arrays.toString(type.getEnumConstants())))));
    }

    /** An empty text stands for a null among them, which no rule takes. */
    public @Nullable List<String> texts(String name) {
        return list(name, value -> value.kind() == Kind.NULL ? "" : text(name, typed(name, Kind.TEXT, value)));
    }

    /** A null among them becomes a wait that no rule takes. */
    public @Nullable List<Duration> durations(String name) {
        return list(
                name,
                value -> value.kind() == Kind.NULL ? Duration.ZERO : duration(name, typed(name, Kind.TEXT, value)));
    }

    private <T> @Nullable List<T> list(String name, Function<Value, T> read) {
        return read(
                name,
                Kind.ARRAY,
                array -> Json.items(array.bytes()).orElseThrow().stream()
                        .map(read)
                        .toList());
    }

    private <T> @Nullable T read(String name, Kind kind, Function<Value, T> read) {
        var value = values.get(name);
        return value == null || value.kind() == Kind.NULL ? null : read.apply(typed(name, kind, value));
    }

    private static Value typed(String name, Kind kind, Value value) {
        if (value.kind() != kind) {
            throw wrong(name);
        }
        return value;
    }

    private static String text(String name, Value value) {
        if (value.text().indexOf('\0') >= 0 || !Texts.isWellFormed(value.text())) {
            throw wrong(name);
        }
        return value.text();
    }

    private static Duration duration(String name, Value value) {
        try {
            return Duration.parse(value.text());
        } catch (DateTimeException malformed) {
            throw Problem.malformed("Member '%s' takes an ISO 8601 duration such as PT30S.".formatted(name));
        }
    }

    private static Problem wrong(String name) {
        return Problem.malformed("Member '%s' has a wrong type or value.".formatted(name));
    }
}
