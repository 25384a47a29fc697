package io.reliablemessage.client.internal;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleSerializers;

/** Refuses the JSON trees of other libraries, of which Jackson would write the getters: {@code {"empty":false}}. */
final class ForeignTrees extends SimpleSerializers {

    private static final Set<String> ROOTS = Set.of(
            "com.fasterxml.jackson.databind.JsonNode",
            "com.google.gson.JsonElement",
            "jakarta.json.JsonValue",
            "org.json.JSONArray",
            "org.json.JSONObject");

    @Override
    public @Nullable ValueSerializer<?> findSerializer(
            SerializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format) {
        if (isForeign(type.getRawClass())) {
            throw new IllegalArgumentException(
                    "%s is a JSON tree of another library: pass new RawValue(tree.toString())"
                            .formatted(type.getRawClass().getName()));
        }
        return null;
    }

    private static boolean isForeign(@Nullable Class<?> type) {
        return type != null
                && (ROOTS.contains(type.getName())
                        || isForeign(type.getSuperclass())
                        || Arrays.stream(type.getInterfaces()).anyMatch(ForeignTrees::isForeign));
    }
}
