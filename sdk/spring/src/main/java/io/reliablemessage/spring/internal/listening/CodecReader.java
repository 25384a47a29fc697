package io.reliablemessage.spring.internal.listening;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.client.JsonCodec;
import io.reliablemessage.spring.PayloadReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON as maps, lists and values, without a mapper of the application. */
public record CodecReader(JsonCodec codec) implements PayloadReader {

    private static final Set<Class<?>> TYPES = Set.of(Object.class, Map.class, List.class, Collection.class);

    /** Maps have texts as keys, and nothing else is promised of what is in maps and lists. */
    static boolean canRead(Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = List.of(generic.getActualTypeArguments());
            return generic.getRawType() == Map.class
                    ? arguments.get(0) == String.class && isAnything(arguments.get(1))
                    : TYPES.contains(generic.getRawType()) && isAnything(arguments.get(0));
        }
        return type instanceof Class<?> plain && TYPES.contains(plain);
    }

    private static boolean isAnything(Type type) {
        return type == Object.class || type.getTypeName().equals("?");
    }

    @Override
    public @Nullable Object read(byte[] json, Type type) {
        var value = codec.read(new String(json, UTF_8));
        var raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        if (value != null && !raw.isInstance(value)) {
            throw new IllegalArgumentException("it is a " + value.getClass().getSimpleName());
        }
        return value;
    }
}
