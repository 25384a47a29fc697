package io.reliablemessage.client.internal.jackson2;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import io.reliablemessage.client.internal.json.JsonTrees;
import org.jspecify.annotations.Nullable;

/** Refuses the JSON trees of other libraries, of which Jackson would write the getters: {@code {"empty":false}}. */
final class ForeignTrees extends SimpleSerializers {

    private static final String OTHER_JACKSON = "tools.jackson.databind.JsonNode";

    @Override
    public @Nullable JsonSerializer<?> findSerializer(
            SerializationConfig config, JavaType type, BeanDescription description) {
        JsonTrees.refuse(type.getRawClass(), OTHER_JACKSON);
        return null;
    }
}
