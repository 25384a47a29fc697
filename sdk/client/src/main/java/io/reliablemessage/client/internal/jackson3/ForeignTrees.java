package io.reliablemessage.client.internal.jackson3;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.reliablemessage.client.internal.json.JsonTrees;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleSerializers;

/** Refuses the JSON trees of other libraries, of which Jackson would write the getters: {@code {"empty":false}}. */
final class ForeignTrees extends SimpleSerializers {

    private static final String OTHER_JACKSON = "com.fasterxml.jackson.databind.JsonNode";

    @Override
    public @Nullable ValueSerializer<?> findSerializer(
            SerializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format) {
        JsonTrees.refuse(type.getRawClass(), OTHER_JACKSON);
        return null;
    }
}
