package io.reliablemessage.client.internal.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the contract's records of maps. Members that this version does not know are passed over, and so is a value of
 * an enum that is news to it: that must not make a success look like a failure.
 */
final class RecordReader {

    private RecordReader() {}

    /** @throws IllegalArgumentException if this is no such record */
    static <T> T read(Map<?, ?> json, Class<T> type) {
        try {
            var shape = RecordShape.of(type);
            var values = shape.members().stream()
                    .map(member -> read(json.get(member.name()), member.type()))
                    .toArray();
            return type.cast(shape.create(values));
        } catch (ClassCastException | DateTimeException unfit) {
            throw new IllegalArgumentException("this is no " + type.getSimpleName(), unfit);
        }
    }

    private static @Nullable Object read(@Nullable Object json, Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            var item = list.getActualTypeArguments()[0];
            return json == null
                    ? List.of()
                    : ((List<?>) json).stream().map(each -> read(each, item)).toList();
        }
        if (type instanceof Class<?> single) {
            return json == null ? absent(single) : readOne(json, single);
        }
        throw new IllegalStateException("no answer has members of the type " + type);
    }

    private static @Nullable Object readOne(Object json, Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return ((Number) json).intValue();
        } else if (type == boolean.class || type == Boolean.class) {
            return (Boolean) json;
        } else if (type == Instant.class) {
            return Instant.parse((String) json);
        } else if (type == Duration.class) {
            return Duration.parse((String) json);
        } else if (type.isEnum()) {
            return constant(type, (String) json);
        } else if (type.isRecord()) {
            return read((Map<?, ?>) json, type);
        }
        return (String) json;
    }

    private static @Nullable Object absent(Class<?> type) {
        return type == int.class ? Integer.valueOf(0) : type == boolean.class ? Boolean.FALSE : null;
    }

    private static @Nullable Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> ((Enum<?>) each).name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
